import { beforeAll, describe, expect, test } from "vitest";
import { expectRefusal, newClient, newTitle, type AppWare, type Client } from "./catalogue.ts";

let client: Client;
let record: AppWare;
beforeAll(async () => {
  client = await newClient("admin");
  record = await client.create();
});

/** What FastAPI with Pydantic 2 says of each fault. */
const said = {
  missing: "Field required",
  int_parsing: "Input should be a valid integer, unable to parse string as an integer",
  int_from_float: "Input should be a valid integer, got a number with a fractional part",
  int_type: "Input should be a valid integer",
  bool_parsing: "Input should be a valid boolean, unable to interpret input",
  bool_type: "Input should be a valid boolean",
  string_type: "Input should be a valid string",
  string_unicode: "Input should be a valid string, unable to parse raw data as a unicode string",
  model_attributes_type: "Input should be a valid dictionary or object to extract fields from",
  json_invalid: "JSON decode error",
};
type Fault = { loc: (string | number)[]; msg: string; type: string };
const fault = (type: keyof typeof said, ...loc: Fault["loc"]): Fault => ({ loc, msg: said[type], type });
const atLeast = (least: number, ...loc: string[]): Fault => {
  return { loc, msg: `Input should be greater than or equal to ${least}`, type: "greater_than_equal" };
};
const atMost = (most: number, ...loc: string[]): Fault => {
  return { loc, msg: `Input should be less than or equal to ${most}`, type: "less_than_equal" };
};

describe("parameters", () => {
  const bad: [string, ...Fault[]][] = [
    ["/?limit=abc", fault("int_parsing", "query", "limit")],
    ["/?limit=1.5", fault("int_parsing", "query", "limit")],
    ["/?limit=%20", fault("int_parsing", "query", "limit")],
    ["/?limit=0", atLeast(1, "query", "limit")],
    ["/?limit=1001", atMost(1000, "query", "limit")],
    ["/?skip=-1", atLeast(0, "query", "skip")],
    ["/?skip=-1&limit=x", atLeast(0, "query", "skip"), fault("int_parsing", "query", "limit")],
    ["/?limit=99999999999999999999", atMost(1000, "query", "limit")],
    ["/?skip=99999999999999999999", atMost(Number.MAX_SAFE_INTEGER, "query", "skip")],
    ["/?status=on", fault("int_parsing", "query", "status")],
    ["/?status=2", atMost(1, "query", "status")],
    ["/?is_active=maybe", fault("bool_parsing", "query", "is_active")],
    ["/?is_active=2", fault("bool_parsing", "query", "is_active")],
    ["/my?skip=-5", atLeast(0, "query", "skip")],
    ["/popular?limit=51", atMost(50, "query", "limit")],
    ["/popular?limit=0", atLeast(1, "query", "limit")],
    ["/admin/all?include_deleted=perhaps", fault("bool_parsing", "query", "include_deleted")],
    ["/abc", fault("int_parsing", "path", "appware_id")],
    ["/1.5", fault("int_parsing", "path", "appware_id")],
    ["/1e3", fault("int_parsing", "path", "appware_id")],
    ["/%F0%9F%92%A9", fault("int_parsing", "path", "appware_id")],
  ];
  test.each(bad)("%s is refused as FastAPI does", async (path, ...faults) => {
    expectRefusal(await client.send(path), 422, faults);
  });

  test("that FastAPI takes are taken", async () => {
    for (const path of [
      "/?limit=",
      "/?skip=&limit&status=",
      "/?limit=%205%20",
      "/?limit=%2B5",
      "/?limit=5.0",
      "/?limit=5&limit=6",
    ]) {
      expect((await client.send(path)).status, path).toBe(200);
    }
    expectRefusal(await client.send("/?limit=5&limit=x"), 422, [fault("int_parsing", "query", "limit")]);
  });

  test("of an id that is none are refused for changes too", async () => {
    const faults = [fault("int_parsing", "path", "appware_id")];
    expectRefusal(await client.send("/abc", { method: "DELETE" }), 422, faults);
    expectRefusal(await client.send("/abc", { method: "PUT", json: { remark: "x" } }), 422, faults);
  });
});

describe("fields", () => {
  const long = "x".repeat(256);
  const bad: [field: string, value: unknown, Fault][] = [
    ["name", 5, fault("string_type", "body", "name")],
    ["name", ["a"], fault("string_type", "body", "name")],
    ["name", "\ud800", fault("string_unicode", "body", "name")],
    ["remark", 5, fault("string_type", "body", "remark")],
    ["remark", { a: 1 }, fault("string_type", "body", "remark")],
    ["sort_order", "abc", fault("int_parsing", "body", "sort_order")],
    ["sort_order", 1.5, fault("int_from_float", "body", "sort_order")],
    ["sort_order", [], fault("int_type", "body", "sort_order")],
    ["status", "", fault("int_parsing", "body", "status")],
    ["is_active", "maybe", fault("bool_parsing", "body", "is_active")],
    ["is_active", 2, fault("bool_parsing", "body", "is_active")],
    ["is_active", {}, fault("bool_type", "body", "is_active")],
    ["status", 2, atMost(1, "body", "status")],
    ["status", -1, atLeast(0, "body", "status")],
    ["view_count", -1, atLeast(0, "body", "view_count")],
    ["sort_order", 1e300, atMost(Number.MAX_SAFE_INTEGER, "body", "sort_order")],
    ["name", "", textFault("string_too_short", "at least 1 character", "name")],
    ["name", " \t\n ", textFault("string_too_short", "at least 1 character", "name")],
    ["name", long, textFault("string_too_long", "at most 255 characters", "name")],
    ["remark", long + long, textFault("string_too_long", "at most 500 characters", "remark")],
  ];
  test.each(bad)("%s: %j is refused as FastAPI does, in a new record and in a change", async (...row) => {
    const [field, value, expected] = row;
    expectRefusal(await client.send("/", { json: { name: newTitle(), [field]: value } }), 422, [expected]);
    const change = { method: "PUT", json: { [field]: value } };
    expectRefusal(await client.send(`/${record.id}`, change), 422, [expected]);
  });

  test("are all named when several are wrong", async () => {
    const json = { remark: 1, status: "x", is_active: [] };
    expectRefusal(await client.send("/", { json }), 422, [
      fault("missing", "body", "name"),
      fault("string_type", "body", "remark"),
      fault("int_parsing", "body", "status"),
      fault("bool_type", "body", "is_active"),
    ]);
  });

  test("that are null are as good as absent, but for what is required and what null is a value of", async () => {
    const json = { name: null, sort_order: null, is_active: null };
    expectRefusal(await client.send("/", { json }), 422, [fault("string_type", "body", "name")]);
    const made = await client.create({ sort_order: null, is_active: null, remark: "said" });
    expect(made).toMatchObject({ sort_order: 0, is_active: true });
    const { name } = made;
    const changed = await client.update(made.id, { name: null, view_count: null, remark: null });
    expect(changed).toMatchObject({ name, view_count: 0, remark: null });
  });

  test("that FastAPI reads are read, at their limits too, and unknown ones ignored", async () => {
    const name = "💾".repeat(255 - 36) + crypto.randomUUID();
    const made = await client.create({
      name,
      remark: "é".repeat(500),
      sort_order: " -7 ",
      status: "0",
      is_active: "off",
      view_count: 3.0,
      owner: "somebody",
      id: 1,
    });
    expect(made).toMatchObject({
      name,
      remark: "é".repeat(500),
      sort_order: -7,
      status: 0,
      is_active: false,
      view_count: 3,
    });
    for (const text of ["'; DROP TABLE appwares; --", "<script>alert(1)</script>", "\u202e"]) {
      const title = newTitle(text);
      expect((await client.create({ name: title, remark: title })).remark).toBe(title);
    }
    expect((await client.create({ remark: "a\nb\u0000c" })).remark).toBe("a\nb\u0000c");
  });
});

function textFault(type: string, limit: string, field: string): Fault {
  return { loc: ["body", field], msg: `String should have ${limit}`, type };
}

describe("bodies", () => {
  const json = { "content-type": "application/json" };
  const bad: [why: string, body: string, headers: Record<string, string>, Fault][] = [
    ["no JSON", "{bad}", json, fault("json_invalid", "body", 1)],
    ["a missing value", '{"name": }', json, fault("json_invalid", "body", 9)],
    ["a comma too many", '{"name": "x",}', json, fault("json_invalid", "body", 13)],
    ["more after the end", '{"name": "x"} {', json, fault("json_invalid", "body", 14)],
    ["no end", '{"name": "x"', json, fault("json_invalid", "body", 12)],
    ["nothing", "", json, fault("missing", "body")],
    ["null", "null", json, fault("missing", "body")],
    ["a list", "[]", json, fault("model_attributes_type", "body")],
    ["a text", '"name"', json, fault("model_attributes_type", "body")],
    ["a number", "5", json, fault("model_attributes_type", "body")],
    [
      "a form",
      "name=x",
      { "content-type": "application/x-www-form-urlencoded" },
      fault("model_attributes_type", "body"),
    ],
  ];
  test.each(bad)("with %s are refused as FastAPI does", async (_, body, headers, expected) => {
    expectRefusal(await client.send("/", { method: "POST", body, headers }), 422, [expected]);
    expectRefusal(await client.send(`/${record.id}`, { method: "PUT", body, headers }), 422, [expected]);
  });

  test("too large are 413, and too deep harmless", async () => {
    const large = await client.send("/", { json: { name: newTitle(), remark: "x".repeat(300_000) } });
    expect(large.status).toBe(413);
    const body = `{"name":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    const deep = await client.send("/", { method: "POST", body, headers: json });
    expectRefusal(deep, 422, [fault("string_type", "body", "name")]);
  });

  test("are refused in Chinese where that is asked for", async () => {
    const answer = await client.send("/?limit=0", { headers: { "accept-language": "zh" } });
    expectRefusal(answer, 422, [
      { loc: ["query", "limit"], msg: "应大于或等于 1", type: "greater_than_equal" },
    ]);
  });
});

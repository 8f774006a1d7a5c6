import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { bearer, fromAnywhere, newAccount } from "./support/accounts.ts";
import { newSoftware } from "./support/publish.ts";
import { sharedStack, type RequestOptions } from "./support/stack.ts";

type Schema = {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  additionalProperties?: Schema | boolean;
};
type Operation = { requestBody?: { content: Record<string, { schema: Schema }> } };
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

const document = JSON.parse(readFileSync(new URL("../openapi.json", import.meta.url), "utf8")) as Document;

const stack = sharedStack();
let token: string;
beforeAll(async () => {
  ({ token } = await newAccount(stack, "admin"));
});

const bodies = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).flatMap(([method, operation]) => {
    const schema = operation.requestBody?.content["application/json"]?.schema;
    return schema ? [{ method: method.toUpperCase(), path, schema: resolved(schema) }] : [];
  }),
);

function resolved(schema: Schema): Schema {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : resolved(document.components.schemas[name] ?? {});
}

/** A body with `value` as each of the texts that a schema has, one at a time. */
function withEachText(schema: Schema, value: string): unknown[] {
  const { type, properties, items, oneOf = [], anyOf = [], additionalProperties } = resolved(schema);
  const inner = [
    ...Object.entries(properties ?? {}).flatMap(([name, field]) =>
      withEachText(field, value).map((body) => ({ [name]: body })),
    ),
    ...(items ? withEachText(items, value).map((body) => [body]) : []),
    ...[...oneOf, ...anyOf].flatMap((one) => withEachText(one, value)),
    ...(additionalProperties ? [{ [value]: value }, { name: value }] : []),
  ];
  return [type].flat().includes("string") ? [value, ...inner] : inner;
}

const send = (method: string, path: string, options: RequestOptions) =>
  stack.request(path.replace(/\{\w+\}/g, "1"), {
    method,
    ...options,
    headers: { ...bearer(token), ...fromAnywhere(), ...options.headers },
  });

/** What the console's own pages send: without it, nobody signs in there. */
const fromConsole = { "x-slipway-console": "1", "sec-fetch-site": "same-origin" };

describe("a half character", () => {
  const cases = bodies.flatMap(({ method, path, schema }) =>
    withEachText(schema, "\ud800").map((json) => ({ method, path, json })),
  );

  test("is looked for in every text of every body", () => {
    expect(cases.length).toBeGreaterThan(100);
  });

  test.each(cases)("as a text of $method $path is refused: $json", async ({ method, path, json }) => {
    const { status, text } = await send(method, path, { json, headers: fromConsole });
    expect([400, 401, 422], text).toContain(status);
  });

  test("is refused in a path and in a query, on every surface", async () => {
    const half = "%ED%A0%80";
    const statuses = {
      "/api/v1/packages": 400,
      "/api/software": 400,
      "/api/admin/users": 422,
      "/api/v1/appwares": 422,
    };
    for (const [path, expected] of Object.entries(statuses)) {
      expect((await send("GET", `${path}?search=${half}`, {})).status, path).toBe(expected);
      expect((await send("GET", `${path}/a${half}`, {})).status, path).toBe(expected);
    }
  });

  test("is named with its field", async () => {
    const json = { title: "a", task_type: "a", config: { deep: [{ text: "\ud800" }] } };
    const { status, body } = await send("POST", "/api/tasks", { json });
    expect({ status, body }).toMatchObject({
      status: 422,
      body: {
        error_code: "VALIDATION_ERROR",
        details: { field_errors: { "config.deep.0.text": [expect.stringContaining("unicode")] } },
      },
    });
  });

  test("is none where both halves are there", async () => {
    const body = `{"name":"${newSoftware()} \\ud83d\\ude00"}`;
    const answer = await send("POST", "/api/software", { body });
    expect(answer.status, answer.text).toBe(200);
  });
});

describe("null", () => {
  // A signal needs these where `signals` is left away.
  const needed = new Set(["device_id", "version", "event"].map((name) => `/api/v1/signals ${name}`));
  const cases = bodies.flatMap(({ method, path, schema }) =>
    Object.entries(schema.properties ?? {})
      .filter(([name]) => !schema.required?.includes(name) && !needed.has(`${path} ${name}`))
      .map(([field]) => ({ method, path, field })),
  );

  test.each(cases)("is as good as nothing for $field of $method $path", async ({ method, path, field }) => {
    const { status, text } = await send(method, path, { json: { [field]: null } });
    expect(status).toBeLessThan(500);
    if (status === 400 || status === 422) expect(text).not.toMatch(new RegExp(`\\b${field}\\b`));
  });

  test("keeps the default and what is there", async () => {
    const json = { name: newSoftware(), description: null };
    const made = await send("POST", "/api/software", { json });
    expect(made.body).toMatchObject({ code: 200, data: { description: "" } });
    const { akey } = (made.body as { data: { akey: string } }).data;
    const described = await send("PUT", `/api/software/${akey}`, { json: { name: null, description: "a" } });
    expect(described.status, described.text).toBe(200);
    expect((await send("GET", "/api/software?size=100", {})).text).toContain(json.name);
  });

  test("is refused for what is required", async () => {
    for (const [path, json, status] of [
      ["/api/software", { name: null }, 400],
      ["/api/tasks", { title: null, task_type: "a" }, 422],
      ["/api/v1/appwares", { name: null, sort_order: null }, 422],
      ["/api/plugins/detail", { name: null }, 422],
    ] as const) {
      const answer = await send("POST", path, { json });
      expect(answer.status, answer.text).toBe(status);
      expect(answer.text).toMatch(/name|title/);
    }
  });
});

describe("the Content-Type of a body", () => {
  const form = "application/x-www-form-urlencoded";
  const types = [
    "application/json; charset=utf-8",
    "application/merge-patch+json",
    "text/plain",
    form,
    undefined,
  ];
  /** A body without a Content-Type: of bytes, fetch says nothing. */
  const post = (path: string, json: unknown, type: string | undefined) =>
    send("POST", path, {
      body: new TextEncoder().encode(JSON.stringify(json)),
      headers: type === undefined ? {} : { "content-type": type },
    });

  test.each(types)("may be anything for the software keys: %s", async (type) => {
    const made = await post("/api/software", { name: newSoftware() }, type);
    expect(made.status, made.text).toBe(200);
    const unknown = await post("/api/check/update", { akey: "a", vkey: "b" }, type);
    expect(unknown.body).toMatchObject({ code: 404, data: { legal: false } });
    const refused = await post("/api/admin/login", { username: "nobody", password: "wrong" }, type);
    expect(refused.status, refused.text).toBe(401);
  });

  test("that is not JSON is refused by the software keys for what it is", async () => {
    const body = new TextEncoder().encode("akey=a&vkey=b");
    const answer = await send("POST", "/api/check/update", { body, headers: { "content-type": form } });
    expect(answer.body).toEqual({ code: 400, message: expect.stringContaining("JSON") });
  });

  test("may be left out for the catalogue", async () => {
    const name = newSoftware();
    const answer = await post("/api/v1/appwares", { name, remark: null }, undefined);
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200, body: { name } });
    expect((await post("/api/v1/appwares", { name: newSoftware() }, "text/plain")).status).toBe(422);
  });

  test.each(["text/plain", form, undefined])("is asked for elsewhere: %s", async (type) => {
    for (const [path, status] of [
      ["/api/tasks", 422],
      ["/api/auth/login", 422],
      ["/api/recharge/codes", 422],
      ["/api/plugins/detail", 422],
      ["/api/backups/list", 422],
      ["/api/v1/api-keys", 400],
      ["/api/v1/uploads", 400],
    ] as const) {
      const answer = await post(path, { name: "a" }, type);
      expect(answer.status, `${path}: ${answer.text}`).toBe(status);
      expect(answer.text).toContain("Content-Type: application/json");
    }
  });
});

describe("a name or title", () => {
  const names: [method: string, path: string, field: string, json: object, status: number][] = [
    ["POST", "/api/software", "name", {}, 400],
    ["POST", "/api/tasks", "title", { task_type: "a" }, 422],
    ["POST", "/api/gpu/servers", "name", {}, 422],
    ["POST", "/api/v1/api-keys", "name", { scopes: ["packages:read"] }, 400],
    ["POST", "/api/v1/appwares", "name", {}, 422],
    ["PUT", "/api/users/me", "full_name", {}, 422],
    ["PUT", "/api/users/me", "username", {}, 422],
    ["PUT", "/api/admin/users/1", "full_name", {}, 422],
  ];
  test.each(names)("%s %s: %s has no control characters", async (method, path, field, more, status) => {
    for (const control of ["\0", "\n", "\u001b", "\u0085"]) {
      const answer = await send(method, path, { json: { ...more, [field]: `a${control}b` } });
      expect(answer.status, answer.text).toBe(status);
    }
  });
});

import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { beforeAll, describe, expect, test } from "vitest";
import { newSoftware } from "../support/publish.ts";
import { expectRefusal, softwareAdmin } from "../support/software.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();
const admin = softwareAdmin(() => stack);
/** The status of a POST on a connection of its own: the server closes one whose body it did not read. */
async function statusOfOnce(path: string, json: unknown): Promise<number | undefined> {
  const headers = { "content-type": "application/json" };
  const sent = request(new URL(path, stack.url), { method: "POST", headers, agent: false });
  const answered = once(sent, "response") as Promise<[IncomingMessage]>;
  sent.end(JSON.stringify(json));
  const [answer] = await answered;
  answer.resume();
  return answer.statusCode;
}

let akey: string;
let vkey: string;

beforeAll(async () => {
  ({ akey } = await admin.newSoftware());
  ({ vkey } = await admin.newVersion(akey, "1.0.0"));
});

describe("software", () => {
  const bad: [why: string, json: unknown][] = [
    ["no name", {}],
    ["an empty name", { name: "" }],
    ["a blank name", { name: "  " }],
    ["a name that is a number", { name: 7 }],
    ["a name that is a list", { name: ["a"] }],
    ["a name that is null", { name: null }],
    ["a name without end", { name: "a".repeat(101) }],
    ["a name with a line break", { name: "a\nb" }],
    ["a name that turns the writing", { name: "a\u202eb" }],
    ["a description that is a number", { name: "x", description: 7 }],
    ["a description without end", { name: "x", description: "a".repeat(10_001) }],
    ["a list", []],
    ["a text", "name"],
  ];
  test.each(bad)("%s is refused", async (_why, json) => {
    expectRefusal(await admin.send("/api/software", { json }), 400);
  });

  test("the same name in another case, width or with spaces around it is refused", async () => {
    const name = `Äpfel ${newSoftware()}`;
    const { akey: mine } = await admin.newSoftware(name);
    for (const same of [name, name.toUpperCase(), ` ${name} `, name.replace("t", "ｔ")]) {
      expectRefusal(await admin.send("/api/software", { json: { name: same } }), 400, /name/);
    }
    const rename = { method: "PUT", json: { name: name.toLowerCase() } };
    expectRefusal(await admin.send(`/api/software/${akey}`, rename), 400, /name/);
    expect((await admin.send(`/api/software/${mine}`, rename)).status).toBe(200);
  });

  test("twenty creations of one name at once make one", async () => {
    const name = newSoftware();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        admin.send("/api/software", { json: { name: index % 2 ? name : name.toUpperCase() } }),
      ),
    );
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(19);
    for (const answer of refused) expectRefusal(answer, 400, /name/);
    const { list } = await admin.software();
    expect(list.filter((one) => one.name.toLowerCase() === name)).toHaveLength(1);
  });

  test("unknown fields are ignored, a trailing slash too", async () => {
    const json = { name: newSoftware(), akey: "soft_mine", created_at: 0, id: 1 };
    const answer = await admin.send<{ data: { akey: string } }>("/api/software/", { json });
    expect(answer.status).toBe(200);
    expect(answer.body.data.akey).not.toBe("soft_mine");
  });

  test("a change of nothing is one, an unknown akey is 404", async () => {
    const put = (key: string, json: unknown) => admin.send(`/api/software/${key}`, { method: "PUT", json });
    expect((await put(akey, {})).status).toBe(200);
    expectRefusal(await put(akey, { name: "" }), 400);
    expectRefusal(await put(akey, { description: false }), 400);
    for (const key of ["soft_none", "%00", "' OR 1=1 --", "a".repeat(2000)]) {
      expectRefusal(await put(key, {}), 404);
      expectRefusal(await admin.send(`/api/software/${key}`, { method: "DELETE" }), 404);
      expectRefusal(await admin.send(`/api/software/${key}/versions`), 404);
      expectRefusal(await admin.send(`/api/software/${key}/versions`, { json: { version: "1" } }), 404);
    }
  });
});

describe("pages", () => {
  const queries = ["page=0", "page=-1", "page=1.5", "page=x", "page=1e30", "size=0", "size=-1", "size=101"];
  test.each(queries)("%s is refused", async (query) => {
    expectRefusal(await admin.send(`/api/software?${query}`), 400);
    expectRefusal(await admin.send(`/api/software/${akey}/versions?${query}`), 400);
  });

  test("come with the total, ten items if nobody says otherwise, and end", async () => {
    const { akey: many } = await admin.newSoftware();
    const texts = Array.from({ length: 12 }, (_, minor) => `1.${minor}.0`);
    for (const text of texts) await admin.newVersion(many, text);
    const page = async (query: string) => {
      const { total, list } = await admin.versions(many, query);
      expect(total).toBe(12);
      return list.map((one) => one.version);
    };
    const newestFirst = texts.toReversed();
    expect(await page("")).toEqual(newestFirst.slice(0, 10));
    expect(await page("page=&size=")).toEqual(newestFirst.slice(0, 10));
    expect(await page("page=2")).toEqual(newestFirst.slice(10));
    expect(await page("page=3&size=5")).toEqual(newestFirst.slice(10));
    expect(await page("page=1000000000&size=100")).toEqual([]);
    expect((await admin.software("size=1")).list).toHaveLength(1);
    const listed = (await admin.software()).list.find((one) => one.akey === many);
    expect(listed?.version_count).toBe(12);
  });
});

describe("versions", () => {
  const bad: [why: string, json: unknown][] = [
    ["no version", {}],
    ["an empty version", { version: "" }],
    ["a blank version", { version: " " }],
    ["a version that is a number", { version: 1 }],
    ["a version without end", { version: "1".repeat(65) }],
    ["a version with a control character", { version: "1\u0000" }],
    ["a description that is a list", { version: "9", description: [] }],
    ["is_latest as a text", { version: "9", is_latest: "true" }],
    ["is_latest as a number", { version: "9", is_latest: 1 }],
  ];
  test.each(bad)("%s is refused", async (_why, json) => {
    expectRefusal(await admin.send(`/api/software/${akey}/versions`, { json }), 400);
    if (json && Object.keys(json).length > 0) {
      expectRefusal(await admin.send(`/api/versions/${vkey}`, { method: "PUT", json }), 400);
    }
  });

  test("one text is one version of a software, and of each software", async () => {
    const { akey: own } = await admin.newSoftware();
    const texts = ["1.0.0", "版本一", "v2.1-beta", "1".repeat(64), "a/b?c#d", "<b>'\"", "👩‍🚀 é"];
    for (const version of texts) await admin.newVersion(own, version);
    for (const version of texts) {
      const again = await admin.send(`/api/software/${own}/versions`, { json: { version } });
      expectRefusal(again, 400, /version/);
    }
    const { list } = await admin.versions(own);
    expect(list.map((one) => one.version).toSorted()).toEqual(texts.toSorted());
    const [last] = list;
    const rename = { method: "PUT", json: { version: "1.0.0" } };
    expectRefusal(await admin.send(`/api/versions/${last?.vkey}`, rename), 400, /version/);
  });

  test("two spellings of one version are one version; each is shown as it was published", async () => {
    const { akey: own } = await admin.newSoftware();
    const { vkey } = await admin.newVersion(own, "v2.2");
    for (const version of ["2.2", "2.2.0", "V2.2.0.0", "02.2", "2.2+7"]) {
      const again = await admin.send(`/api/software/${own}/versions`, { json: { version } });
      expectRefusal(again, 400, /version/);
    }
    const other = await admin.newVersion(own, "2.2.0.1");
    const rename = (key: string, version: string) =>
      admin.send(`/api/versions/${key}`, { method: "PUT", json: { version } });
    expectRefusal(await rename(other.vkey, "2.2.0"), 400, /version/);
    expect((await rename(vkey, "2.2.0")).status).toBe(200);
    const { list } = await admin.versions(own);
    expect(list.map((one) => one.version)).toEqual(["2.2.0.1", "2.2.0"]);
  });

  test("an unknown vkey is 404", async () => {
    for (const key of ["none", akey, "%00"]) {
      expectRefusal(await admin.send(`/api/versions/${key}`, { method: "PUT", json: {} }), 404);
      expectRefusal(await admin.send(`/api/versions/${key}`, { method: "DELETE" }), 404);
    }
  });
});

describe.each(["legality", "update"])("the check of %s", (what) => {
  const bad: unknown[] = [
    {},
    { akey: "a" },
    { vkey: "a" },
    { akey: 1, vkey: 2 },
    { akey: "", vkey: "" },
    [],
    7,
    null,
  ];
  test.each(bad)("refuses %j", async (json) => {
    expectRefusal(await stack.request(`/api/check/${what}`, { json }), 400);
  });

  test("refuses broken JSON and bodies without end", async () => {
    const headers = { "content-type": "application/json" };
    expectRefusal(await stack.request(`/api/check/${what}`, { body: "{", headers }), 400);
    expect(await statusOfOnce(`/api/check/${what}`, { akey: "a".repeat(300_000), vkey })).toBe(413);
    expectRefusal(await stack.request(`/api/check/${what}`, { json: { akey: "a".repeat(101), vkey } }), 400);
  });
});

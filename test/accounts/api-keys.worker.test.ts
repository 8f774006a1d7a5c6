import { describe, expect, test } from "vitest";
import { execute } from "../support/behind.ts";
import {
  createUpload,
  expectProblem,
  newBytes,
  newSoftware,
  packageForm,
  publish,
  sendForm,
  uploadBody,
} from "../support/publish.ts";
import { sharedStack, type RequestOptions } from "../support/stack.ts";

const stack = sharedStack();

type Key = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  software: string[] | null;
  expires_at: string | null;
  created_at: string;
  key: string;
};

const create = (json: unknown, options: RequestOptions = { asPublisher: true }) =>
  stack.request<Key>("/api/v1/api-keys", { json, ...options });
async function newKey(scopes: string[], more: object = {}): Promise<Key> {
  const answer = await create({ name: newSoftware(), scopes, ...more });
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}
const as = (key: string) => ({ "x-api-key": key });
const upload = (key: string) =>
  sendForm(stack, packageForm({ software: newSoftware(), version: "1.0.0", package_type: "full" }), {
    headers: as(key),
  });

describe("a new key", () => {
  test("is shown once, and in no list", async () => {
    const made = await newKey(["packages:write"]);
    const { key, ...shown } = made;
    expect(made).toEqual({
      id: expect.stringMatching(/^key_[0-9a-z]{26}$/),
      name: expect.any(String),
      prefix: key.slice(0, 10),
      scopes: ["packages:write"],
      software: null,
      expires_at: null,
      created_at: expect.stringMatching(/Z$/),
      key: expect.stringMatching(/^slw_[\w-]{43}$/),
    });
    const list = await stack.request<{ items: Omit<Key, "key">[] }>("/api/v1/api-keys", {
      asPublisher: true,
    });
    expect(list.body.items).toContainEqual(shown);
    expect(list.text).not.toContain(key);
    expect(JSON.stringify(await execute(stack, "SELECT * FROM api_keys"))).not.toContain(key);
  });

  test("is the first of the pages of all keys", async () => {
    const [before, newest] = [await newKey(["packages:read"]), await newKey(["packages:read"])];
    const page = (query: string) =>
      stack.request<{ items: { id: string }[]; total: number }>(`/api/v1/api-keys?${query}`, {
        asPublisher: true,
      });
    const first = await page("page_size=1");
    expect(first.body.items.map(({ id }) => id)).toEqual([newest.id]);
    expect(first.body.total).toBeGreaterThanOrEqual(2);
    const second = await page("page_size=1&page=2");
    expect(second.body.items.map(({ id }) => id)).toEqual([before.id]);
    expect((await page("page=1000")).body.items).toEqual([]);
    expectProblem(await page("page=0"), 400, "VALIDATION_ERROR");
  });

  test("does what its scopes say, and nothing else", async () => {
    const { package_id } = await publish(stack, { software: newSoftware(), version: "1.0.0" });
    const json = uploadBody(newBytes(), { software: newSoftware(), version: "1.0.0" });
    const doors: [scope: string, method: string, path: string, json?: unknown][] = [
      ["packages:write", "POST", "/api/v1/uploads", json],
      ["packages:write", "POST", `/api/v1/packages/${package_id}/yank`],
      ["packages:write", "POST", `/api/v1/packages/${package_id}/unyank`],
      ["packages:write", "DELETE", `/api/v1/packages/${package_id}`],
      ["keys:admin", "GET", "/api/v1/api-keys"],
      ["metrics:read", "GET", "/metrics"],
      ["keys:admin", "POST", "/api/v1/api-keys", { name: "x", scopes: ["packages:read"] }],
    ];
    const all = ["packages:read", "packages:write", "storage:admin", "keys:admin", "metrics:read"];
    for (const [scope, method, path, body] of doors) {
      const others = await newKey(all.filter((other) => other !== scope));
      const refused = await stack.request(path, { method, json: body, headers: as(others.key) });
      expectProblem(refused, 403, "INSUFFICIENT_SCOPE");
      expect(refused.body).toMatchObject({ detail: expect.stringContaining(scope) });
      const right = await newKey([scope]);
      const answer = await stack.request(path, { method, json: body, headers: as(right.key) });
      expect(answer.status, answer.text).toBeLessThan(300);
    }
    const noStorage = await newKey(all.filter((scope) => scope !== "storage:admin"));
    const cleanup = { method: "POST", headers: as(noStorage.key) };
    expectProblem(await stack.request("/api/v1/storage/cleanup", cleanup), 403, "INSUFFICIENT_SCOPE");
    const noWriting = await newKey(all.filter((scope) => scope !== "packages:write"));
    expectProblem(await upload(noWriting.key), 403, "INSUFFICIENT_SCOPE");
  });

  test("says itself what it may do", async () => {
    const { id, key } = await newKey(["packages:read", "storage:admin"]);
    const current = (headers: Record<string, string>) =>
      stack.request("/api/v1/api-keys/current", { headers });
    expect((await current(as(key))).body).toEqual({
      id,
      scopes: ["packages:read", "storage:admin"],
      software: null,
    });
    expectProblem(await current({}), 401, "INVALID_API_KEY");
  });
});

describe("the end of a key", () => {
  test("by time", async () => {
    const { id, key } = await newKey(["packages:write"], { expires_at: "2999-01-01T00:00:00Z" });
    expect((await upload(key)).status).toBe(200);
    await execute(stack, "UPDATE api_keys SET expires_at = 1 WHERE id = ?", [id]);
    expectProblem(await upload(key), 401, "INVALID_API_KEY");
    const lasting = await newKey(["packages:write"], { expires_at: "2999-12-31T23:59:59+08:00" });
    expect(lasting.expires_at).toBe("2999-12-31T15:59:59.000Z");
    expect((await upload(lasting.key)).status).toBe(200);
  });

  test("is still to come when it is made", async () => {
    for (const expires_at of ["2020-01-01T00:00:00Z", new Date(Date.now() - 1).toISOString()]) {
      const answer = await create({ name: "a key", scopes: ["packages:read"], expires_at });
      expectProblem(answer, 422, "ALREADY_EXPIRED");
      expect(answer.text).toContain("expires_at");
    }
  });

  test("by deletion, at once", async () => {
    const { id, key } = await newKey(["packages:write"]);
    expect((await upload(key)).status).toBe(200);
    const remove = () => stack.request(`/api/v1/api-keys/${id}`, { method: "DELETE", asPublisher: true });
    expect((await remove()).status).toBe(204);
    expectProblem(await upload(key), 401, "INVALID_API_KEY");
    expectProblem(await remove(), 404, "NOT_FOUND");
  });

  test("what it began, its upload's own token can end", async () => {
    const { id, key } = await newKey(["packages:write"]);
    const json = uploadBody(newBytes(), { software: newSoftware(), version: "1.0.0" });
    const begun = await stack.request<{ upload_id: string; upload_token: string }>("/api/v1/uploads", {
      json,
      headers: as(key),
    });
    await stack.request(`/api/v1/api-keys/${id}`, { method: "DELETE", asPublisher: true });
    const headers = { authorization: `Bearer ${begun.body.upload_token}` };
    const path = `/api/v1/uploads/${begun.body.upload_id}`;
    expect((await stack.request(path, { method: "DELETE", headers })).status).toBe(200);
  });
});

describe("bad requests", () => {
  const good = { name: "a key", scopes: ["packages:write"] };
  const bad: [why: string, json: unknown][] = [
    ["an empty name", { ...good, name: " " }],
    ["a name without end", { ...good, name: "a".repeat(101) }],
    ["a name that is a number", { ...good, name: 7 }],
    ["no scopes", { ...good, scopes: [] }],
    ["an unknown scope", { ...good, scopes: ["everything"] }],
    ["scopes in one text", { ...good, scopes: "packages:write" }],
    ["an end that is no time", { ...good, expires_at: "tomorrow" }],
    ["an end without a zone", { ...good, expires_at: "2999-01-01T00:00:00" }],
    ["a list", []],
  ];
  test.each(bad)("%s is refused", async (_why, json) => {
    expectProblem(await create(json), 400, "VALIDATION_ERROR");
  });

  test("broken JSON is refused", async () => {
    const options = { body: "{", headers: { "content-type": "application/json" }, asPublisher: true };
    expectProblem(await stack.request("/api/v1/api-keys", options), 400, "MALFORMED_BODY");
  });

  test("a body without end is refused, from whomever it comes", async () => {
    const json = { ...good, name: "a".repeat(3_000_000) };
    expectProblem(await create(json, {}), 413, "FILE_TOO_LARGE");
  });

  test("without a key there are no keys", async () => {
    expectProblem(await create(good, {}), 401, "INVALID_API_KEY");
    for (const [method, path] of [
      ["GET", ""],
      ["DELETE", "/key_1"],
    ] as const) {
      expectProblem(await stack.request(`/api/v1/api-keys${path}`, { method }), 401, "INVALID_API_KEY");
    }
  });

  test("what looks like a key but is none is refused", async () => {
    const { id, prefix } = await newKey(["keys:admin"]);
    const [row] = await execute(stack, "SELECT hash FROM api_keys WHERE id = ?", [id]);
    const hash = row?.hash as string;
    for (const key of [id, prefix, hash, `${stack.apiKey} `.repeat(2), "' OR 1=1 --", "0"]) {
      const answer = await createUpload(stack, {}, as(key));
      expectProblem(answer, 401, "INVALID_API_KEY");
    }
  });
});

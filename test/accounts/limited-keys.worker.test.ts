import { describe, expect, test } from "vitest";
import { newKey, privateTitle, setVisibility } from "../support/private-software.ts";
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
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();
const as = (key: string) => ({ "x-api-key": key });

const form = (key: string, software: string, version: string) =>
  sendForm(stack, packageForm({ software, version, package_type: "full", api_key: key }));
const signed = (key: string, software: string, version: string) =>
  createUpload(stack, uploadBody(newBytes(), { software, version }), as(key));

describe("a key that is limited to software", () => {
  test("publishes, withdraws and deletes there", async () => {
    const [one, two] = [newSoftware(), newSoftware()];
    const { key } = await newKey(stack, ["packages:write"], { software: [one, two] });
    for (const software of [one, two.toUpperCase()]) {
      const made = await form(key, software, "1.0.0");
      expect(made.status, made.text).toBe(200);
      expect((await signed(key, software, "2.0.0")).status).toBe(201);
      const path = `/api/v1/packages/${made.body.package_id}`;
      const change = (method: string, verb = "") =>
        stack.request(`${path}${verb}`, { method, headers: as(key) });
      expect((await change("POST", "/yank")).status).toBe(200);
      expect((await change("POST", "/unyank")).status).toBe(200);
      expect((await change("DELETE")).status).toBe(204);
      expectProblem(await change("DELETE"), 404, "PACKAGE_NOT_FOUND");
      expectProblem(await change("POST", "/yank"), 404, "PACKAGE_NOT_FOUND");
    }
    expect((await setVisibility(stack, one, "private", as(key))).status).toBe(200);
  });

  test("changes nothing elsewhere, and is told what it may change", async () => {
    const [own, other] = [newSoftware(), newSoftware()];
    const there = await publish(stack, { software: other, version: "1.0.0" });
    const { key } = await newKey(stack, ["packages:read", "packages:write"], { software: [own] });
    const akey = (await setVisibility(stack, other, "public")).body.akey;
    const path = `/api/v1/packages/${there.package_id}`;
    const headers = as(key);
    const answers = [
      await form(key, other, "2.0.0"),
      await form(key, akey, "2.0.0"),
      await form(key, newSoftware(), "1.0.0"),
      await signed(key, other, "2.0.0"),
      await stack.request(`${path}/yank`, { method: "POST", headers }),
      await stack.request(`${path}/unyank`, { method: "POST", headers }),
      await stack.request(path, { method: "DELETE", headers }),
      await setVisibility(stack, other, "private", headers),
      await setVisibility(stack, akey, "private", headers),
    ];
    for (const answer of answers) {
      expectProblem(answer, 403, "INSUFFICIENT_SCOPE");
      expect(answer.body).toMatchObject({ detail: expect.stringContaining(own) });
      expect(answer.text).not.toContain(other);
    }
    const list = await stack.request(`/api/v1/packages?software=${other}`);
    expect(list.body).toMatchObject([{ id: there.package_id, yanked: false }]);
  });

  test("reads private software that it is limited to, and no other", async () => {
    const [one, two] = [await privateTitle(stack), await privateTitle(stack)];
    const { key } = await newKey(stack, ["packages:write"], { software: [one.akey] });
    const list = (software: string) =>
      stack.request(`/api/v1/packages?software=${software}`, { headers: as(key) });
    expect((await list(one.software)).body).toMatchObject([{ id: one.id }]);
    expectProblem(await list(two.software), 401, "INVALID_API_KEY");
  });

  test("is shown with its limits, and says them itself", async () => {
    const software = [newSoftware(), newSoftware()];
    const [limited, free] = [
      await newKey(stack, ["packages:read"], { software: [...software, software[0]?.toUpperCase()] }),
      await newKey(stack, ["packages:read"]),
    ];
    expect([limited.software, free.software]).toEqual([software, null]);
    const list = await stack.request<{ items: object[] }>("/api/v1/api-keys", { asPublisher: true });
    expect(list.body.items).toContainEqual(expect.objectContaining({ id: limited.id, software }));
    expect(list.body.items).toContainEqual(expect.objectContaining({ id: free.id, software: null }));
    const current = await stack.request("/api/v1/api-keys/current", { headers: as(limited.key) });
    expect(current.body).toEqual({ id: limited.id, scopes: ["packages:read"], software });
  });
});

const bad: [why: string, json: object, status: number, code: string][] = [
  ["for all storage", { scopes: ["packages:write", "storage:admin"] }, 400, "VALIDATION_ERROR"],
  ["for keys", { scopes: ["keys:admin"] }, 400, "VALIDATION_ERROR"],
  ["to nothing", { software: [] }, 400, "VALIDATION_ERROR"],
  ["to no name", { software: [""] }, 400, "VALIDATION_ERROR"],
  ["to a path", { software: ["../a"] }, 400, "VALIDATION_ERROR"],
  ["to a number", { software: [7] }, 400, "VALIDATION_ERROR"],
  ["to a text", { software: "omega" }, 400, "VALIDATION_ERROR"],
  ["to too much", { software: Array.from({ length: 101 }, () => "a") }, 400, "VALIDATION_ERROR"],
  ["to an akey of none", { software: ["soft_00000000000000000000000000"] }, 404, "SOFTWARE_NOT_FOUND"],
];
test.each(bad)("a key limited %s is not made", async (_why, json, status, code) => {
  const body = { name: "bad", scopes: ["packages:write"], software: [newSoftware()], ...json };
  const answer = await stack.request("/api/v1/api-keys", { json: body, asPublisher: true });
  expectProblem(answer, status, code);
});

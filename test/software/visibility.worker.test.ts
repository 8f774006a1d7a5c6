import { expect, test } from "vitest";
import { newKey, setVisibility } from "../support/private-software.ts";
import { expectProblem, newSoftware, publish } from "../support/publish.ts";
import { softwareAdmin, type Software } from "../support/software.ts";
import { sharedStack } from "../support/stack.ts";

const stack = sharedStack();
const admin = softwareAdmin(() => stack);

type Seen = Software & { visibility: string };
const seen = async (akey: string) =>
  (await admin.software()).list.find((one) => one.akey === akey) as Seen | undefined;

test("an administrator makes private software, and changes who may see it", async () => {
  const made = (await admin.newSoftware(newSoftware(), { visibility: "private" })) as Seen;
  expect(made.visibility).toBe("private");
  expect((await seen(made.akey))?.visibility).toBe("private");
  const { download_url: path } = await publish(stack, { software: made.akey, version: "1.0.0" });
  expect((await stack.request(path)).status).toBe(401);
  const change = (json: object) => admin.send(`/api/software/${made.akey}`, { method: "PUT", json });
  expect((await change({ description: "as before" })).status).toBe(200);
  expect((await stack.request(path)).status).toBe(401);
  expect((await change({ visibility: "public" })).status).toBe(200);
  expect(await seen(made.akey)).toMatchObject({ visibility: "public", description: "as before" });
  expect((await stack.request(path)).status).toBe(302);
  for (const visibility of ["secret", "", 1, []]) {
    expect(await change({ visibility })).toMatchObject({ status: 400, body: { code: 400 } });
  }
});

test("software is public where nothing else is said", async () => {
  expect(await admin.newSoftware()).toMatchObject({ visibility: "public" });
});

test("a publisher's key makes software private before its first package, by slug or akey", async () => {
  const software = newSoftware();
  const { key } = await newKey(stack, ["packages:write"], { software: [software] });
  const headers = { "x-api-key": key };
  const made = await setVisibility(stack, software.toUpperCase(), "private", headers);
  expect(made).toMatchObject({ status: 200, body: { software, visibility: "private" } });
  expect(await seen(made.body.akey)).toMatchObject({ visibility: "private" });
  const again = await setVisibility(stack, made.body.akey, "public", headers);
  expect(again.body).toEqual({ software, akey: made.body.akey, visibility: "public" });
});

test("nobody else changes who may see software", async () => {
  const software = newSoftware();
  const reader = await newKey(stack, ["packages:read"]);
  const send = (headers: Record<string, string>) =>
    stack.request(`/api/v1/software/${software}`, {
      method: "PUT",
      json: { visibility: "private" },
      headers,
    });
  expectProblem(await send({}), 401, "INVALID_API_KEY");
  expectProblem(await send({ "x-api-key": "wrong" }), 401, "INVALID_API_KEY");
  expectProblem(await send({ "x-api-key": reader.key }), 403, "INSUFFICIENT_SCOPE");
  expectProblem(await setVisibility(stack, software, "secret"), 400, "VALIDATION_ERROR");
  expectProblem(await setVisibility(stack, "a%20b", "private"), 400, "VALIDATION_ERROR");
  const none = "soft_00000000000000000000000000";
  expectProblem(await setVisibility(stack, none, "private"), 404, "SOFTWARE_NOT_FOUND");
});

test("whoever checks for updates of private software by its keys brings a key that may read it", async () => {
  const { akey } = await admin.newSoftware(newSoftware(), { visibility: "private" });
  const { vkey } = await admin.newVersion(akey, "1.0.0");
  await admin.newVersion(akey, "1.1.0");
  const { key } = await newKey(stack, ["packages:read"]);
  const ask = (headers: Record<string, string> = {}, query = "") =>
    stack.request(`/api/check/update${query}`, { json: { akey, vkey }, headers });
  for (const _round of [1, 2]) {
    for (const answer of [await ask(), await ask({ "x-api-key": "wrong" })]) {
      expect(answer).toMatchObject({ status: 401, body: { code: 401, message: expect.any(String) } });
    }
    for (const answer of [await ask({ "x-api-key": key }), await ask({}, `?key=${key}`)]) {
      expect(answer).toMatchObject({ status: 200, body: { data: { latest_version: "1.1.0" } } });
    }
  }
  const legal = await stack.request("/api/check/legality", { json: { akey, vkey } });
  expect(legal).toMatchObject({ status: 200, body: { data: { legal: true } } });
});

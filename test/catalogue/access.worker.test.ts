import { describe, expect, test } from "vitest";
import type { Account } from "../support/accounts.ts";
import { signedInSuite, type SignedInEndpoint } from "../support/auth-suite.ts";
import { clientOf, expectRefusal, newClient, newTitle, stack } from "./catalogue.ts";

const details = { 401: "Unauthorized", 403: "Not enough permissions", 404: "AppWare not found" };
const expectError: SignedInEndpoint["expectError"] = (answer, status) =>
  expectRefusal(answer, status, details[status]);

const base = "/api/v1/appwares";
const own = async (owner: Account) => `${base}/${(await clientOf(owner).create()).id}`;
const common = { needs: "user", expectError } as const;

signedInSuite(
  () => stack,
  [
    { ...common, method: "GET", path: `${base}/` },
    { ...common, method: "GET", path: `${base}/my` },
    { ...common, method: "GET", path: `${base}/popular` },
    { ...common, method: "GET", path: own },
    { ...common, method: "POST", path: `${base}/`, body: { name: newTitle() } },
    { ...common, method: "PUT", path: own, body: { remark: "mine" }, otherOwner: 403 },
    { ...common, method: "DELETE", path: own, otherOwner: 403 },
    { ...common, method: "GET", path: `${base}/admin/all`, needs: "admin" },
  ],
);

describe("somebody else's record", () => {
  test("is not changed by who may not, whatever is sent", async () => {
    const [owner, other] = await Promise.all([newClient(), newClient()]);
    const [record, taken] = [await owner.create(), await owner.create()];
    const tries = [{ remark: "stolen" }, { name: taken.name }, { software_akey: "soft_unknown" }, {}];
    for (const json of tries) {
      const answer = await other.send(`/${record.id}`, { method: "PUT", json });
      expectRefusal(answer, 403, "Not enough permissions");
    }
    expectRefusal(await other.send(`/${record.id}`, { method: "DELETE" }), 403, "Not enough permissions");
    expect((await owner.get("/my")).data).toEqual([taken, record]);
  });

  test("is changed and deleted by an administrator, and stays its owner's", async () => {
    const [owner, admin] = await Promise.all([newClient(), newClient("admin")]);
    const record = await owner.create();
    const changed = await admin.update(record.id, { remark: "moderated" });
    expect(changed).toMatchObject({ remark: "moderated", version: 2 });
    expect((await owner.get("/my")).data).toEqual([changed]);
    expect((await admin.get("/my")).count).toBe(0);
    await admin.remove(record.id);
    expect((await owner.get("/my")).count).toBe(0);
  });
});

test("refusals are in Chinese where that is asked for", async () => {
  const headers = { "accept-language": "zh-CN" };
  const client = await newClient();
  const { id, name } = await client.create();
  expectRefusal(await stack.request(`${base}/`, { headers }), 401, "未认证或Token无效");
  expectRefusal(await client.send("/admin/all", { headers }), 403, "权限不足");
  expectRefusal(await client.send("/999999999", { headers }), 404, "应用仓库不存在");
  expectRefusal(await client.send("/", { headers, json: { name } }), 400, "应用仓库名称已存在");
  const answer = await client.send(`/${id}`, { headers, method: "DELETE" });
  expect(answer.body).toEqual({ message: "应用仓库删除成功" });
});

import { beforeAll, describe, expect, test } from "vitest";
import { newClient, newTitle, stack, type AppWare, type AppWarePage, type Client } from "./catalogue.ts";

const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/) as string;
/** The record of the documented examples; the akey is ours. */
const recordLike = (fields: Partial<AppWare>) => ({
  id: expect.any(Number) as number,
  name: expect.any(String) as string,
  remark: null,
  sort_order: 0,
  status: 1,
  is_active: true,
  view_count: 0,
  created_at: moment,
  updated_at: moment,
  is_deleted: false,
  version: 1,
  software_akey: null,
  ...fields,
});

let client: Client;
let admin: Client;
beforeAll(async () => {
  [client, admin] = await Promise.all([newClient(), newClient("admin")]);
});

describe("the documented requests", () => {
  test("create with every field, read, change and delete a record", async () => {
    const name = newTitle("新应用仓库");
    const body = { name, remark: "应用仓库描述", sort_order: 0, status: 1, is_active: true, view_count: 0 };
    const created = await client.send<AppWare>("/", { json: body });
    expect(created.status).toBe(200);
    expect(created.body).toEqual(recordLike({ name, remark: "应用仓库描述" }));

    const { id } = created.body;
    const detail = await client.get<AppWare>(`/${id}`);
    expect(detail).toEqual({ ...created.body, view_count: 1 });

    const changes = {
      name: newTitle("更新后的名称"),
      remark: "更新后的备注",
      sort_order: 2,
      status: 1,
      is_active: true,
      view_count: 20,
    };
    const updated = await client.update(id, changes);
    expect(updated).toEqual(recordLike({ id, ...changes, version: 2 }));
    expect(updated.created_at).toBe(created.body.created_at);

    expect(await client.remove(id)).toEqual({ message: "AppWare deleted successfully" });
    expect((await client.send(`/${id}`)).status).toBe(404);
  });

  test("list, mine, popular and all answer as shown", async () => {
    const record = await client.create({ remark: "这是一个测试应用仓库", sort_order: -1, view_count: 4321 });
    const page = { data: expect.arrayContaining([record]) as AppWare[], count: expect.any(Number) as number };
    expect(await client.get("/?skip=0&limit=10&status=1")).toEqual({
      data: expect.any(Array) as AppWare[],
      count: expect.any(Number) as number,
    });
    expect(await client.get("/my?skip=0&limit=10")).toEqual(page);
    expect(await admin.get("/admin/all?include_deleted=true&limit=1000")).toEqual(page);
    const popular = await client.get<AppWare[]>("/popular?limit=5");
    expect(popular.length).toBeLessThanOrEqual(5);
    expect(popular.map((one) => one.view_count)).toEqual(
      popular.map((one) => one.view_count).toSorted((a, b) => b - a),
    );
  });

  test("a trailing slash never matters", async () => {
    for (const path of ["", "/", "/my", "/my/", "/popular", "/popular/"]) {
      expect((await client.send(path)).status, path).toBe(200);
    }
    expect((await client.send("", { json: { name: newTitle() } })).status).toBe(200);
    const { id } = await client.create();
    const put = { method: "PUT", json: { remark: "slash" } };
    expect((await client.send<AppWare>(`/${id}/`, put)).body.remark).toBe("slash");
    expect((await client.send(`/${id}/`, { method: "DELETE" })).status).toBe(200);
  });
});

test("the Python client's session", async () => {
  const name = newTitle("测试应用");
  const fields = { name, remark: "这是一个测试应用仓库", sort_order: 1, status: 1, is_active: true };
  const created = await client.create(fields);
  expect(created).toEqual(recordLike(fields));
  // requests writes Python's True as it is.
  const found = await client.get(`/?skip=0&limit=10&status=1&is_active=True`);
  const first = found.data[0] as AppWare;
  expect(first.is_active).toBe(true);
  const seen = await client.get<AppWare>(`/${first.id}`);
  expect(seen.view_count).toBeGreaterThan(first.view_count);
  const updated = await client.update(created.id, { remark: "更新后的备注信息" });
  expect(updated).toMatchObject({ ...fields, remark: "更新后的备注信息", version: 2 });
});

test("the JavaScript client's session", async () => {
  const headers = { Authorization: `Bearer ${client.account.token}`, "Content-Type": "application/json" };
  const call = async <T>(path: string, options: RequestInit = {}) =>
    (await (await fetch(`${stack.url}/api/v1/appwares/${path}`, { headers, ...options })).json()) as T;
  const query = new URLSearchParams({ skip: "0", limit: "100", status: "1", is_active: "true" });
  expect(await call<AppWarePage>(`?${query}`)).toMatchObject({ count: expect.any(Number) as number });
  const body = { name: newTitle("JavaScript应用"), remark: "使用JavaScript创建的应用仓库", sort_order: 1 };
  const created = await call<AppWare>("", { method: "POST", body: JSON.stringify(body) });
  expect(created).toEqual(recordLike(body));
  expect((await call<AppWare>(`${created.id}`)).view_count).toBe(1);
  const put = { method: "PUT", body: JSON.stringify({ status: 0 }) };
  expect((await call<AppWare>(`${created.id}`, put)).status).toBe(0);
  // Its headers name a JSON body that a deletion does not have.
  expect(await call(`${created.id}`, { method: "DELETE" })).toEqual({
    message: "AppWare deleted successfully",
  });
});

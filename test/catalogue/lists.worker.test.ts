import { beforeAll, describe, expect, test } from "vitest";
import { newClient, type AppWare, type Client } from "./catalogue.ts";

describe("the owner's list", () => {
  let client: Client;
  const made: AppWare[] = [];
  beforeAll(async () => {
    client = await newClient();
    const kinds = [
      { sort_order: 5, status: 1, is_active: true },
      { sort_order: 5, status: 0, is_active: true },
      { sort_order: -3, status: 1, is_active: false },
      { sort_order: 0, status: 0, is_active: false },
      { sort_order: 5, status: 1, is_active: true },
    ];
    for (const kind of kinds) made.push(await client.create(kind));
  });
  const list = async (query: string) => {
    const { data, count } = await client.get(`/my?${query}`);
    return { order: data.map(({ id }) => made.findIndex((one) => one.id === id)), count };
  };

  test("is in the order of sort_order, then the newest first", async () => {
    expect(await list("")).toEqual({ order: [2, 3, 4, 1, 0], count: 5 });
  });

  test("is narrowed down by status and activity, in every way that FastAPI takes a truth value", async () => {
    expect(await list("status=1")).toEqual({ order: [2, 4, 0], count: 3 });
    expect(await list("status=0")).toEqual({ order: [3, 1], count: 2 });
    for (const yes of ["true", "True", "1", "on", "yes", "t", "Y"]) {
      expect(await list(`is_active=${yes}`), yes).toEqual({ order: [4, 1, 0], count: 3 });
    }
    for (const no of ["false", "FALSE", "0", "off", "no", "f", "n"]) {
      expect(await list(`is_active=${no}`), no).toEqual({ order: [2, 3], count: 2 });
    }
    expect(await list("status=0&is_active=true")).toEqual({ order: [1], count: 1 });
    expect(await list("status=1&is_active=false&unknown=x")).toEqual({ order: [2], count: 1 });
  });

  test("comes in pages whose count is of all of them", async () => {
    expect(await list("limit=2")).toEqual({ order: [2, 3], count: 5 });
    expect(await list("limit=2&skip=2")).toEqual({ order: [4, 1], count: 5 });
    expect(await list("limit=1000&skip=4")).toEqual({ order: [0], count: 5 });
    expect(await list("status=1&limit=1&skip=1")).toEqual({ order: [4], count: 3 });
    for (const skip of [5, 1_000_000_000, Number.MAX_SAFE_INTEGER]) {
      expect(await list(`skip=${skip}`)).toEqual({ order: [], count: 5 });
    }
  });
});

describe("everybody's list", () => {
  test("shows and counts the living, and administrators the deleted as well", async () => {
    const [client, admin] = await Promise.all([newClient(), newClient("admin")]);
    const [kept, gone] = [
      await client.create({ sort_order: Number.MIN_SAFE_INTEGER }),
      await client.create({ sort_order: Number.MIN_SAFE_INTEGER }),
    ];
    await client.remove(gone.id);
    const ids = async (from: Client, path: string) => (await from.get(path)).data.map(({ id }) => id);
    for (const [from, path] of [
      [client, "/?limit=1000"],
      [client, "/my"],
      [admin, "/admin/all?limit=1000"],
      [admin, "/admin/all?limit=1000&include_deleted=false"],
    ] as const) {
      expect(await ids(from, path), path).toContain(kept.id);
      expect(await ids(from, path), path).not.toContain(gone.id);
    }
    const all = await admin.get("/admin/all?limit=1000&include_deleted=true&status=1&is_active=true");
    const found = all.data.filter(({ id }) => id === kept.id || id === gone.id);
    expect(found).toMatchObject([
      { id: gone.id, is_deleted: true, version: 2 },
      { id: kept.id, is_deleted: false, version: 1 },
    ]);
  });

  test("counts what its filters find while records change kind, are deleted and made", async () => {
    const [client, admin] = await Promise.all([newClient(), newClient("admin")]);
    const records = await Promise.all(
      Array.from({ length: 12 }, (_, index) => client.create({ status: index % 2 })),
    );
    await Promise.all(
      records.map(async ({ id }, index) => {
        if (index % 3 === 0) await client.update(id, { status: index % 2 === 0 ? 1 : 0, is_active: false });
        if (index % 4 === 0) await client.remove(id);
      }),
    );
    for (const filter of ["", "status=0", "status=1", "is_active=false", "status=1&is_active=true"]) {
      const { data, count } = await client.get(`/my?limit=1000&${filter}`);
      expect(count, filter).toBe(data.length);
    }
    expect((await client.get("/my")).count).toBe(9);
    const [living, all] = await Promise.all([
      admin.get("/admin/all?limit=1"),
      admin.get("/admin/all?limit=1&include_deleted=true"),
    ]);
    expect(all.count).toBeGreaterThanOrEqual(living.count + 3);
  });
});

test("popular begins with what was viewed most, ten if nobody says otherwise", async () => {
  const client = await newClient();
  const most = Number.MAX_SAFE_INTEGER;
  const made: AppWare[] = [];
  for (let index = 0; index < 11; index++) made.push(await client.create({ view_count: most - index }));
  const [deleted, ...living] = made as [AppWare, ...AppWare[]];
  await client.remove(deleted.id);
  const ids = async (query: string) => (await client.get<AppWare[]>(`/popular${query}`)).map(({ id }) => id);
  expect(await ids("")).toEqual(living.map(({ id }) => id));
  expect(await ids("?limit=3")).toEqual(living.slice(0, 3).map(({ id }) => id));
  for (const { id } of living) await client.remove(id);
});

test("popular lists what is enabled and active alone", async () => {
  const client = await newClient();
  const view_count = Number.MAX_SAFE_INTEGER;
  const shown = await client.create({ view_count });
  const disabled = await client.create({ view_count, status: 0 });
  const inactive = await client.create({ view_count, is_active: false });
  const popular = async () => (await client.get<AppWare[]>("/popular?limit=50")).map(({ id }) => id);
  expect(await popular()).toContain(shown.id);
  expect(await popular()).not.toContain(disabled.id);
  expect(await popular()).not.toContain(inactive.id);
  await client.update(disabled.id, { status: 1 });
  expect(await popular()).toContain(disabled.id);
  for (const { id } of [shown, disabled, inactive]) await client.remove(id);
});

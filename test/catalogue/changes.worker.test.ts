import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { execute } from "../support/behind.ts";
import { expectRefusal, newClient, newTitle, stack, type AppWare, type Client } from "./catalogue.ts";

const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));
const taken = "AppWare with this name already exists";

describe("names", () => {
  test("twenty at once of one name make one record and nineteen documented errors", async () => {
    const clients = await times(4, () => newClient());
    const name = newTitle();
    const answers = await times(20, (index) =>
      (clients[index % 4] as Client).send<AppWare>("/", { json: { name } }),
    );
    const made = answers.filter(({ status }) => status === 200);
    expect(made).toHaveLength(1);
    for (const answer of answers) if (answer !== made[0]) expectRefusal(answer, 400, taken);
    const found = await times(4, async (index) => (await (clients[index] as Client).get("/my")).data);
    expect(found.flat()).toEqual([made[0]?.body]);
  });

  test("that differ in case, width or outer spaces alone are one name", async () => {
    const client = await newClient();
    const mark = randomUUID().toUpperCase();
    const first = await client.create({ name: `  Straße Ｆｕｌｌ ${mark} ` });
    expect(first.name).toBe(`Straße Ｆｕｌｌ ${mark}`);
    for (const name of [first.name, `STRASSE full ${mark}`, `strasse　FULL ${mark.toLowerCase()}\n`]) {
      expectRefusal(await client.send("/", { json: { name } }), 400, taken);
    }
    const second = await client.create();
    const renaming = { method: "PUT", json: { name: first.name } };
    expectRefusal(await client.send(`/${second.id}`, renaming), 400, taken);
    const recased = await client.update(first.id, { name: first.name.toUpperCase() });
    expect(recased).toMatchObject({ name: first.name.toUpperCase(), version: 2 });
  });

  test("of deleted records can be used again", async () => {
    const client = await newClient();
    const first = await client.create();
    await client.remove(first.id);
    const second = await client.create({ name: first.name });
    expect(second.id).toBeGreaterThan(first.id);
    await client.remove(second.id);
    await client.create({ name: first.name });
  });
});

test("a hundred views at once are a hundred views, and no changes", async () => {
  const client = await newClient();
  const { id } = await client.create({ view_count: 7 });
  const seen = await times(100, () => client.get<AppWare>(`/${id}`));
  expect(seen.map((one) => one.view_count).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 100 }, (_, index) => index + 8),
  );
  const [record] = (await client.get("/my")).data;
  expect(record).toMatchObject({ view_count: 107, version: 1, updated_at: record?.created_at });
});

describe("an update", () => {
  test("changes what is given alone, and its count tells of each", async () => {
    const client = await newClient();
    const before = await client.create({ remark: "a remark", sort_order: 3, is_active: false });
    const after = await client.update(before.id, { status: 0, id: 1, version: 9, is_deleted: true });
    expect(after).toEqual({ ...before, status: 0, version: 2, updated_at: after.updated_at });
    expect(after.updated_at >= before.updated_at).toBe(true);
    expect(await client.update(before.id, { remark: null })).toMatchObject({ remark: null, version: 3 });
    expect(await client.update(before.id, {})).toMatchObject({ remark: null, version: 3 });
    await times(10, (index) => client.update(before.id, { sort_order: index }));
    expect((await client.get("/my")).data).toMatchObject([{ version: 13 }]);
  });

  test("of a record that is not there, or not any more, is 404", async () => {
    const client = await newClient("admin");
    const { id } = await client.create();
    await client.remove(id);
    for (const path of [`/${id}`, "/999999999", "/0", "/-1"]) {
      for (const options of [{}, { method: "PUT", json: { remark: "x" } }, { method: "DELETE" }]) {
        expectRefusal(await client.send(path, options), 404, "AppWare not found");
      }
    }
  });
});

test("each change leaves one line in the audit, and a refused one none", async () => {
  const [owner, other] = await Promise.all([newClient(), newClient()]);
  const { id, name } = await owner.create();
  await owner.update(id, { remark: "x" });
  await other.send(`/${id}`, { method: "PUT", json: { remark: "y" } });
  await other.send(`/${id}`, { method: "DELETE" });
  await other.send("/", { json: { name } });
  await owner.remove(id);
  const rows = await execute(
    stack,
    "SELECT actor, action FROM audit WHERE action LIKE 'appware.%' AND target = ? ORDER BY id",
    [String(id)],
  );
  const actor = owner.account.id;
  expect(rows.map(({ actor, action }) => ({ actor, action }))).toEqual([
    { actor, action: "appware.create" },
    { actor, action: "appware.update" },
    { actor, action: "appware.delete" },
  ]);
});

describe("a software", () => {
  const newSoftware = async () => {
    const akey = `soft_${randomUUID()}`;
    await execute(
      stack,
      "INSERT INTO software (id, akey, slug, name, created_at) VALUES (?1, ?1, ?1, ?1, 0)",
      [akey],
    );
    return akey;
  };
  const unknown = [
    {
      loc: ["body", "software_akey"],
      msg: "There is no such software: check its name or key",
      type: "value_error",
    },
  ];

  test("can be led to, changed and left, and a record outlives it", async () => {
    const client = await newClient();
    const [akey, another] = [await newSoftware(), await newSoftware()];
    const record = await client.create({ software_akey: akey });
    expect(record.software_akey).toBe(akey);
    expect((await client.get<AppWare>(`/${record.id}`)).software_akey).toBe(akey);
    expect((await client.update(record.id, { remark: "x" })).software_akey).toBe(akey);
    expect((await client.update(record.id, { software_akey: another })).software_akey).toBe(another);
    expect((await client.get("/my")).data).toMatchObject([{ software_akey: another }]);
    await execute(stack, "DELETE FROM software WHERE akey = ?", [another]);
    expect((await client.get("/my")).data).toMatchObject([{ software_akey: null, version: 3 }]);
    await client.update(record.id, { software_akey: akey });
    expect((await client.update(record.id, { software_akey: null })).software_akey).toBeNull();
  });

  test("that is not there is refused, and nothing is made or changed", async () => {
    const client = await newClient();
    const json = { name: newTitle(), software_akey: "soft_unknown" };
    expectRefusal(await client.send("/", { json }), 422, unknown);
    expect((await client.get("/my")).count).toBe(0);
    const record = await client.create();
    expectRefusal(await client.send(`/${record.id}`, { method: "PUT", json }), 422, unknown);
    expect((await client.get("/my")).data).toEqual([record]);
  });
});

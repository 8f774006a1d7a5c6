import { expect, test } from "vitest";
import { searchRecords, type MovementFilter } from "../../functions/billing/search-records.ts";
import { useDomain } from "../support/domain.ts";
import { bringTo, endTask, newUser, startTask } from "./billing.ts";

const openDomain = useDomain();
const MINUTE = 60_000;

test("everybody's movements are found by user, kind and time, with the names of users and tasks", async () => {
  const domain = await openDomain();
  const [ana, ben, root] = [await newUser(domain), await newUser(domain), await newUser(domain)];
  const ctx = domain.isolate({}, { ...root, role: "admin" });
  const begun = domain.ctx.deps.clock();
  await bringTo(domain, ana.id, 1000);
  domain.advance(MINUTE);
  await bringTo(domain, ben.id, 500);
  domain.advance(MINUTE);
  const task = await startTask(domain, ben.id, 300);
  await endTask(domain, task, 120);
  await domain.rows("UPDATE tasks SET title = 'Render'");

  const find = async (filter: Partial<MovementFilter> = {}) => {
    const { items, total } = await searchRecords(ctx, { page: 1, page_size: 20, ...filter });
    return { total, found: items.map((one) => [one.user_id, one.type, one.amount]) };
  };
  const [first, second] = [
    [ana.id, "adjustment", 10],
    [ben.id, "adjustment", 5],
  ];
  const ofTask = [
    [ben.id, "charge", -1.2],
    [ben.id, "release", 3],
    [ben.id, "hold", -3],
  ];
  expect(await find()).toEqual({ total: 5, found: [...ofTask, second, first] });
  expect(await find({ page: 2, page_size: 3 })).toEqual({ total: 5, found: [second, first] });
  expect(await find({ user_id: ben.id })).toEqual({ total: 4, found: [...ofTask, second] });
  expect(await find({ type: "adjustment" })).toEqual({ total: 2, found: [second, first] });
  expect(await find({ type: "refund" })).toEqual({ total: 0, found: [] });
  expect(await find({ to: begun + MINUTE / 2 })).toEqual({ total: 1, found: [first] });
  expect(await find({ from: begun + MINUTE / 2, to: begun + 1.5 * MINUTE })).toEqual({
    total: 1,
    found: [second],
  });
  expect(await find({ from: begun + MINUTE / 2, type: "hold" })).toEqual({ total: 1, found: [ofTask[2]] });
  expect(await find({ user_id: ana.id, from: begun + MINUTE / 2 })).toEqual({ total: 0, found: [] });

  const [charge] = (await searchRecords(ctx, { page: 1, page_size: 1 })).items;
  expect(charge).toMatchObject({ task_id: task, task_title: "Render", code: null, username: ben.username });

  const asUser = searchRecords(domain.isolate({}, ben), { page: 1, page_size: 20 });
  await expect(asUser).rejects.toMatchObject({ code: "ACCESS_DENIED" });
});

import { describe, expect, test, vi } from "vitest";
import { listMovements, listRecharges } from "../../functions/billing/list-records.ts";
import { redeemCode } from "../../functions/billing/redeem-code.ts";
import { getUserStats } from "../../functions/billing/get-user-stats.ts";
import { useDomain } from "../support/domain.ts";
import {
  balanceOf,
  bringTo,
  endTask,
  expectLedgerRight,
  ledgerOf,
  makeCode,
  newUser,
  startTask,
} from "./billing.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();
const paging = { page: 1, page_size: 20 };

describe("a balance", () => {
  test("never goes below zero, however many tasks start at once", async () => {
    const domain = await openDomain();
    const { id } = await newUser(domain, 1005);
    const starts = Array.from({ length: 40 }, () => startTask(domain, id, 100));
    const results = await Promise.allSettled(starts);
    const refusals = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(refusals).toHaveLength(30);
    for (const reason of refusals) {
      expect(reason).toMatchObject({
        code: "INSUFFICIENT_BALANCE",
        params: { amount: "1.00" },
      });
    }
    expect(await balanceOf(domain, id)).toBe(5);
    expect(await domain.rows("SELECT id FROM tasks")).toHaveLength(10);
    await expectLedgerRight(domain);
  });

  test("set by administrators while tasks start and end is what the last of them set, and the ledger's sum", async () => {
    const domain = await openDomain();
    const { id } = await newUser(domain, 10_000);
    const task = await startTask(domain, id, 777);
    await Promise.all([
      ...[1, 2, 3, 4, 5].map((n) => bringTo(domain, id, n * 1000)),
      ...[1, 2, 3, 4, 5].map(() => endTask(domain, task, 333)),
    ]);
    await expectLedgerRight(domain);
    await bringTo(domain, id, 4200);
    await bringTo(domain, id, 4200);
    await bringTo(domain, id, 0);
    expect(await balanceOf(domain, id)).toBe(0);
    expect((await ledgerOf(domain, id)).at(-1)).toEqual({ kind: "adjustment", amount: -4200 });
    await expect(bringTo(domain, id, -1)).rejects.toThrow("balances_covered");
    await expectLedgerRight(domain);
  });

  test("is paid from once however often a task ends", async () => {
    const domain = await openDomain();
    const { id } = await newUser(domain, 1000);
    const task = await startTask(domain, id, 300);
    expect(await balanceOf(domain, id)).toBe(700);
    await Promise.all(Array.from({ length: 10 }, () => endTask(domain, task, 125)));
    expect(await balanceOf(domain, id)).toBe(875);
    expect((await ledgerOf(domain, id)).slice(1)).toEqual([
      { kind: "hold", amount: -300 },
      { kind: "release", amount: 300 },
      { kind: "charge", amount: -125 },
    ]);
  });
});

test("the ledger is neither changed nor shortened", async () => {
  const domain = await openDomain();
  await newUser(domain, 1000);
  await expect(domain.rows("UPDATE ledger SET amount = 1")).rejects.toThrow("append-only");
  await expect(domain.rows("DELETE FROM ledger")).rejects.toThrow("append-only");
  const twice =
    "INSERT INTO ledger SELECT NULL, user_id, kind, amount, key, reference, '', '', 0 FROM ledger";
  await expect(domain.rows(twice)).rejects.toThrow("ledger.key");
  await expectLedgerRight(domain);
});

test("a user's records and statistics say what happened, whatever the page", async () => {
  const domain = await openDomain();
  const user = await newUser(domain);
  const ctx = domain.isolate({}, user);
  for (const amount of [10.1, 20.2, 0.03]) {
    const { code } = await makeCode(domain.ctx, { amount });
    await redeemCode(ctx, { code, address: "203.0.113.1" });
    domain.advance(1000);
  }
  const first = await startTask(domain, user.id, 500);
  await endTask(domain, first, 120);
  domain.advance(1000);
  const last = await startTask(domain, user.id, 300);
  await bringTo(domain, user.id, 5000);

  const recharges = await listRecharges(ctx, paging);
  expect(recharges).toMatchObject({ total: 3, total_pages: 1 });
  expect(recharges.items.map((one) => [one.amount, one.balance_after])).toEqual([
    [0.03, 30.33],
    [20.2, 30.3],
    [10.1, 10.1],
  ]);

  const { items, ...rest } = await listMovements(ctx, paging);
  expect(rest).toEqual({ total: 8, page: 1, page_size: 20, total_pages: 1 });
  expect(items.map((one) => [one.type, one.amount, one.balance_after, one.task_id])).toEqual([
    ["adjustment", 23.87, 50, null],
    ["hold", -3, 26.13, last],
    ["charge", -1.2, 29.13, first],
    ["release", 5, 30.33, first],
    ["hold", -5, 25.33, first],
    ["recharge", 0.03, 30.33, null],
    ["recharge", 20.2, 30.3, null],
    ["recharge", 10.1, 10.1, null],
  ]);
  expect(items.slice(5)).toEqual(recharges.items);
  const pages = await Promise.all([1, 2, 3, 4].map((page) => listMovements(ctx, { page, page_size: 3 })));
  expect(pages.flatMap((page) => page.items)).toEqual(items);

  const [other, admin] = [await newUser(domain), await newUser(domain)];
  const asking = (actor: typeof user) => domain.isolate({}, actor);
  const ofUser = { ...paging, user_id: user.id };
  for (const list of [listRecharges, listMovements]) {
    const own = await list(ctx, paging);
    expect(await list(ctx, ofUser)).toEqual(own);
    expect(await list(asking({ ...admin, role: "admin" }), ofUser)).toEqual(own);
    await expect(list(asking(other), ofUser)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
    expect(await list(asking({ ...admin, role: "admin" }), paging)).toMatchObject({ total: 0, items: [] });
  }

  expect(await getUserStats(ctx)).toEqual({
    total_tasks: 2,
    completed_tasks: 1,
    failed_tasks: 0,
    total_cost: 1.2,
    current_balance: 50,
    price_per_minute: 0.1,
    last_task_date: expect.stringMatching(/^\d{4}-.*Z$/),
  });
});

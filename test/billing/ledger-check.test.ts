import { beforeEach, describe, expect, test, vi } from "vitest";
import { checkLedger } from "../../functions/billing/ledger-check/check-ledger.ts";
import { redeemCode } from "../../functions/billing/redeem-code.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { admin, endTask, expectLedgerRight, makeCode, newUser, startTask } from "./billing.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();
let domain: Domain;
let userId: string;
let [open, ended] = ["", ""];

/** One user with a recharge, an ended task and an open one. */
beforeEach(async () => {
  domain = await openDomain();
  const user = await newUser(domain, 500);
  userId = user.id;
  const { code } = await makeCode(domain.ctx, { amount: 20, maxUses: 3 });
  await redeemCode(domain.isolate({}, user), { code, address: "203.0.113.1" });
  ended = await startTask(domain, userId, 300);
  await endTask(domain, ended, 100);
  open = await startTask(domain, userId, 200);
}, 60_000);

const check = () => checkLedger(domain.isolate({}, admin));
const broken = async () => [...new Set((await check()).problems.map(({ rule }) => rule))];

/** Past every trigger, as somebody with the database's own credentials could. */
async function tamper(...statements: string[]) {
  for (const trigger of [
    "ledger_never_changes",
    "ledger_never_forgets",
    "ledger_moves_balance",
    "ledger_moves_sums",
  ]) {
    await domain.rows(`DROP TRIGGER IF EXISTS ${trigger}`);
  }
  for (const statement of statements) await domain.rows(statement);
}

/** A ledger entry that the running totals take for real. */
const forge = (kind: string, amount: number, key: string, reference: string) => [
  `INSERT INTO ledger VALUES (NULL, '${userId}', '${kind}', ${amount}, '${key}', '${reference}', '', '', 0)`,
  `UPDATE balances SET balance = balance + ${amount}`,
  `UPDATE ledger_totals SET amount = amount + ${amount} WHERE kind = '${kind}'`,
  `INSERT INTO ledger_sums VALUES ('${userId}', '${kind}', ${amount}, 1)
   ON CONFLICT DO UPDATE SET amount = amount + ${amount}, entries = entries + 1`,
];
const forget = (kind: string, amount: number, condition = "true") => [
  `DELETE FROM ledger WHERE kind = '${kind}' AND ${condition}`,
  `UPDATE balances SET balance = balance - ${amount}`,
  `UPDATE ledger_totals SET amount = amount - ${amount} WHERE kind = '${kind}'`,
  `UPDATE ledger_sums SET amount = amount - ${amount}, entries = entries - 1 WHERE kind = '${kind}'`,
];

test("a ledger that adds up is said to, with what was looked at", async () => {
  expect(await check()).toEqual({
    ok: true,
    checked: { entries: 6, balances: 1, holds: 2, charges: 1, redemptions: 1, codes: 1, tasks: 2 },
    problems: [],
  });
});

describe("found is", () => {
  test("a balance that was raised", async () => {
    await tamper("UPDATE balances SET balance = balance + 1");
    expect((await check()).problems).toEqual([
      { rule: "balance", subject: userId, expected: 22, found: 22.01 },
    ]);
  });

  test("an entry that was changed, and one that was deleted", async () => {
    await tamper("UPDATE ledger SET amount = amount + 1 WHERE kind = 'adjustment'");
    expect(await broken()).toEqual(["balance", "total", "user_total"]);
    await tamper("DELETE FROM ledger WHERE kind = 'adjustment'");
    expect(await broken()).toEqual(["balance", "total", "user_total", "user_entries"]);
  });

  test("a total that was changed", async () => {
    await tamper("UPDATE ledger_totals SET amount = 0 WHERE kind = 'charge'");
    expect((await check()).problems).toEqual([{ rule: "total", subject: "charge", expected: -1, found: 0 }]);
  });

  test("a hold that was never released, and one released twice", async () => {
    await tamper(...forget("release", 300));
    expect(await broken()).toEqual(["release", "charge"]);
    await tamper(
      ...forge("release", 300, `release:${ended}:1`, ended),
      ...forge("release", 300, `release:${ended}:2`, ended),
    );
    expect((await check()).problems).toEqual([
      { rule: "hold_of_release", subject: `release:${ended}:2`, expected: -3, found: null },
    ]);
  });

  test("a hold released while its task is open, or in part", async () => {
    await tamper(...forge("release", 200, `release:${open}:1`, open));
    expect((await check()).problems).toEqual([
      { rule: "release", subject: `hold:${open}:1`, expected: null, found: 2 },
    ]);
    await tamper(`UPDATE tasks SET status = 'failed' WHERE id = '${open}'`);
    await expectLedgerRight(domain);
    await tamper(
      ...forget("release", 200, `reference = '${open}'`),
      ...forge("release", 199, `release:${open}:1`, open),
    );
    expect(await broken()).toEqual(["release"]);
  });

  test("a task without its hold", async () => {
    await tamper(...forget("hold", -200, `reference = '${open}'`));
    expect((await check()).problems).toEqual([
      { rule: "hold_of_task", subject: open, expected: -2, found: null },
    ]);
  });

  test("a charge above its hold, or that no task has", async () => {
    await tamper(...forget("charge", -100), ...forge("charge", -301, `charge:${ended}:1`, ended));
    expect(await broken()).toEqual(["charge", "charge_of_task"]);
    await tamper(...forget("charge", -301), ...forge("charge", -100, "charge:tsk_none:1", "tsk_none"));
    expect(await broken()).toEqual(["charge", "charge_of_task"]);
  });

  test("a movement in the wrong direction", async () => {
    await tamper(...forge("refund", -1, "refund:x", ended));
    expect(await broken()).toEqual(["direction"]);
  });

  test("a redemption without its entry, and an entry without its redemption", async () => {
    await tamper(...forget("recharge", 2000));
    expect(await broken()).toEqual(["redemption"]);
    await tamper(...forge("recharge", 2000, "recharge:rcr_none", "rcc_none"));
    expect(await broken()).toEqual(["redemption", "recharge"]);
  });

  test("a redemption of more than its code was worth", async () => {
    await tamper("UPDATE recharge_codes SET amount = amount - 1");
    expect(await broken()).toEqual(["redemption"]);
  });

  test("a code whose uses were counted wrong", async () => {
    await tamper("UPDATE recharge_codes SET used = 0");
    expect((await check()).problems).toMatchObject([{ rule: "uses", expected: 1, found: 0 }]);
  });
});

test("every day it is checked, and what is wrong is an error in the log", async () => {
  await domain.cron("17 3 * * *");
  expect(domain.logs).toContainEqual(expect.objectContaining({ level: "info", event: "ledger checked" }));
  await tamper("UPDATE balances SET balance = balance + 1");
  await domain.cron("17 3 * * *");
  const problems = [{ rule: "balance", subject: userId, expected: 22, found: 22.01 }];
  expect(domain.logs).toContainEqual({
    level: "error",
    event: "the ledger does not add up",
    fields: expect.objectContaining({ problems }),
  });
});

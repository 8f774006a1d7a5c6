import { expect } from "vitest";
import { setBalance } from "../../functions/billing/set-balance.ts";
import { createCodes, type CodeBatch } from "../../functions/billing/create-codes.ts";
import { hold, insufficientBalance, settle } from "../../functions/billing/holds.ts";
import { checkLedger } from "../../functions/billing/ledger-check/check-ledger.ts";
import type { Ctx, UserActor } from "../../functions/core/context.ts";
import { newId } from "../../functions/kit/ids.ts";
import { users } from "../../schema/accounts.ts";
import { tasks } from "../../schema/compute/tasks.ts";
import { sql } from "drizzle-orm";
import type { Domain } from "../support/domain.ts";

export const admin: UserActor = {
  type: "user",
  id: "usr_admin",
  username: "admin",
  role: "admin",
  sessionKey: "s",
};

/** Users with this balance each, in hundredths. */
export async function newUsers(domain: Domain, count: number, balance = 0): Promise<UserActor[]> {
  const now = domain.deps.clock();
  const actors = Array.from({ length: count }, (): UserActor => {
    const id = newId("usr", now);
    return { type: "user", id, username: id, role: "user", sessionKey: "s" };
  });
  const rows = actors.map(({ id }) => ({
    id,
    username: id,
    usernameKey: id,
    email: `${id}@example.com`,
    emailKey: `${id}@example.com`,
    fullName: "",
    passwordHash: "",
    role: "user" as const,
    isActive: true,
    createdAt: now,
  }));
  await domain.deps.db.write((q) => ({ made: q.insert(users).values(rows) }));
  if (balance > 0) for (const { id } of actors) await bringTo(domain, id, balance);
  return actors;
}

export async function newUser(domain: Domain, balance = 0): Promise<UserActor> {
  const [user] = await newUsers(domain, 1, balance);
  if (!user) throw new Error("no user was made");
  return user;
}

/** Sets a balance as an administrator does. */
export async function bringTo(domain: Domain, userId: string, balance: number): Promise<void> {
  const { db, clock } = domain.deps;
  const input = { userId, balance, reason: "for the test", key: newId("adj"), actor: admin.id };
  await db.write((q) => ({ set: setBalance(q, input, clock()) }));
}

/** A new code. */
export async function makeCode(ctx: Ctx, batch: Partial<CodeBatch> = {}) {
  const usual = { amount: 100, description: "", batchSize: 1, expiresAt: null, maxUses: 1 };
  const { codes } = await createCodes({ ...ctx, actor: admin }, { ...usual, ...batch });
  const [code] = codes;
  if (!code) throw new Error("no code was made");
  return code;
}

/** A pending task of a user that holds this much. @returns its id */
export async function startTask(domain: Domain, userId: string, amount: number): Promise<string> {
  const { db, clock } = domain.deps;
  const [id, now] = [newId("tsk"), clock()];
  const row = {
    id,
    userId,
    title: "",
    description: "",
    taskType: "test",
    priority: 0,
    status: "pending" as const,
    config: {},
    estimatedDuration: 1,
    price: amount,
    hold: amount,
    requestHash: "",
    createdAt: now,
    updatedAt: now,
  };
  const outcome = await db.tryWrite(
    (q) => ({
      made: q.insert(tasks).values(row),
      held: hold(q, { userId, taskId: id, round: 1, amount, actor: userId }, now),
    }),
    { balances_covered: "too low" },
  );
  if (outcome.refused) throw insufficientBalance(amount, outcome.cause);
  return id;
}

/** Ends a task, as often as it is called. @param cost hundredths */
export async function endTask(domain: Domain, id: string, cost: number): Promise<void> {
  const { db, clock } = domain.deps;
  const chosen = sql`id = ${id}`;
  await db.write((q) => ({
    ended: q
      .update(tasks)
      .set({ status: "completed", cost })
      .where(sql`${chosen} AND status = 'pending'`),
    settled: settle(q, chosen, "system", clock()),
  }));
}

/** Hundredths. */
export async function balanceOf(domain: Domain, userId: string): Promise<number> {
  const statement = { sql: "SELECT balance FROM balances WHERE user_id = ?", args: [userId] };
  const [row] = await domain.rows<{ balance: number }>(statement);
  return row?.balance ?? 0;
}

export const ledgerOf = (domain: Domain, userId: string) =>
  domain.rows<{ kind: string; amount: number }>({
    sql: "SELECT kind, amount FROM ledger WHERE user_id = ? ORDER BY id",
    args: [userId],
  });

/** All money adds up. */
export async function expectLedgerRight(domain: Domain): Promise<void> {
  const { ok, problems } = await checkLedger(domain.isolate({}, { type: "system" }));
  expect(problems).toEqual([]);
  expect(ok).toBe(true);
}

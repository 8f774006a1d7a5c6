import { and, desc, eq, sql } from "drizzle-orm";
import { balances, ledger, ledgerSums, rechargeCodes, redemptions } from "../../schema/billing.ts";
import { requireOwner } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { offsetOf, pageOf, type Page, type Paging } from "../core/http/paging.ts";
import { units } from "./money.ts";
import { movementColumns, movementOf, redeemedCode, type Movement } from "./movements.ts";

/** One movement of a user's money, and what was left. Amounts in units. */
export type MoneyRecord = Movement & { balance_after: number };

export type RecordFilter = Paging & {
  /** For administrators: somebody else's. */
  user_id?: string | undefined;
};

/** A page of a user's recharges, the newest first. @throws AppError ACCESS_DENIED for other users' records. */
export async function listRecharges(
  ctx: Ctx,
  { user_id: wanted, ...paging }: RecordFilter,
): Promise<Page<MoneyRecord>> {
  const userId = requireOwner(ctx, wanted);
  const { sums, rows } = await ctx.deps.db.readBatch((q) => ({
    sums: q
      .select({ entries: ledgerSums.entries })
      .from(ledgerSums)
      .where(and(eq(ledgerSums.userId, userId), eq(ledgerSums.kind, "recharge"))),
    rows: q
      .select({
        id: redemptions.id,
        amount: redemptions.amount,
        balanceAfter: redemptions.balanceAfter,
        code: rechargeCodes.masked,
        createdAt: redemptions.createdAt,
      })
      .from(redemptions)
      .innerJoin(rechargeCodes, eq(rechargeCodes.id, redemptions.codeId))
      .where(eq(redemptions.userId, userId))
      .orderBy(desc(redemptions.createdAt), desc(redemptions.id))
      .limit(paging.page_size)
      .offset(offsetOf(paging)),
  }));
  const items = rows.map((row) => ({
    id: row.id,
    type: "recharge" as const,
    amount: units(row.amount),
    balance_after: units(row.balanceAfter),
    code: row.code,
    task_id: null,
    task_title: null,
    description: "",
    created_at: new Date(row.createdAt).toISOString(),
  }));
  return pageOf(items, sums[0]?.entries ?? 0, paging);
}

/** A page of everything that moved a user's balance, the newest first. @throws AppError ACCESS_DENIED for other users' records. */
export async function listMovements(
  ctx: Ctx,
  { user_id: wanted, ...paging }: RecordFilter,
): Promise<Page<MoneyRecord>> {
  const userId = requireOwner(ctx, wanted);
  const offset = offsetOf(paging);
  const own = eq(ledger.userId, userId);
  const { totals, states, rows } = await ctx.deps.db.readBatch((q) => {
    const newer = q.select({ amount: ledger.amount }).from(ledger).where(own).orderBy(desc(ledger.id));
    return {
      totals: q
        .select({ entries: sql<number>`coalesce(sum(${ledgerSums.entries}), 0)` })
        .from(ledgerSums)
        .where(eq(ledgerSums.userId, userId)),
      states: q
        .select({
          balance: balances.balance,
          since: sql<number>`(SELECT coalesce(sum(amount), 0) FROM ${newer.limit(offset)})`,
        })
        .from(balances)
        .where(eq(balances.userId, userId)),
      rows: q
        .select(movementColumns())
        .from(ledger)
        .leftJoin(rechargeCodes, redeemedCode)
        .where(own)
        .orderBy(desc(ledger.id))
        .limit(paging.page_size)
        .offset(offset),
    };
  });
  const [state] = states;
  let balance = state ? state.balance - state.since : 0;
  const items = rows.map((row) => {
    const balanceAfter = balance;
    balance -= row.amount;
    return Object.assign(movementOf(row), { balance_after: units(balanceAfter) });
  });
  return pageOf(items, totals[0]?.entries ?? 0, paging);
}

import { and, count, desc, eq, gte, lte, sql } from "drizzle-orm";
import { users } from "../../schema/accounts.ts";
import { ledger, ledgerSums, rechargeCodes } from "../../schema/billing.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { offsetOf, pageOf, type Page, type Paging } from "../core/http/paging.ts";
import { movementColumns, movementOf, redeemedCode, type Movement } from "./movements.ts";

/** A movement of anybody's money. */
export type OwnedMovement = Movement & { user_id: string; username: string };

export type MovementFilter = Paging & {
  user_id?: string | undefined;
  type?: Movement["type"] | undefined;
  /** The first and the last moment, milliseconds since 1970. */
  from?: number | undefined;
  to?: number | undefined;
};

/** A page of what moved anybody's money, the newest first; for administrators. One round trip. */
export async function searchRecords(ctx: Ctx, filter: MovementFilter): Promise<Page<OwnedMovement>> {
  requireAdmin(ctx);
  const { user_id: userId, type, from, to } = filter;
  const isFound = and(
    userId === undefined ? undefined : eq(ledger.userId, userId),
    type === undefined ? undefined : eq(ledger.kind, type),
    from === undefined ? undefined : gte(ledger.createdAt, from),
    to === undefined ? undefined : lte(ledger.createdAt, to),
  );
  const isEver = from === undefined && to === undefined;
  const { rows, totals } = await ctx.deps.db.readBatch((q) => ({
    rows: q
      .select({ ...movementColumns(), userId: ledger.userId, username: users.username })
      .from(ledger)
      .innerJoin(users, eq(users.id, ledger.userId))
      .leftJoin(rechargeCodes, redeemedCode)
      .where(isFound)
      .orderBy(desc(ledger.createdAt), desc(ledger.id))
      .limit(filter.page_size)
      .offset(offsetOf(filter)),
    totals: isEver
      ? q
          .select({ total: sql<number>`coalesce(sum(${ledgerSums.entries}), 0)` })
          .from(ledgerSums)
          .where(
            and(
              userId === undefined ? undefined : eq(ledgerSums.userId, userId),
              type === undefined ? undefined : eq(ledgerSums.kind, type),
            ),
          )
      : q.select({ total: count() }).from(ledger).where(isFound),
  }));
  const items = rows.map((row) =>
    Object.assign(movementOf(row), { user_id: row.userId, username: row.username }),
  );
  return pageOf(items, totals[0]?.total ?? 0, filter);
}

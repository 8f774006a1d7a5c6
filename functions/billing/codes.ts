import { and, desc, eq, isNull, sql, type SQL } from "drizzle-orm";
import { rechargeCodes } from "../../schema/billing.ts";
import { audited } from "../core/audit.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { offsetOf, pageOf, type Page, type Paging } from "../core/http/paging.ts";
import { units } from "./money.ts";

export const codeStatuses = ["active", "used", "expired", "disabled"] as const;
export type CodeStatus = (typeof codeStatuses)[number];

export type CodeSummary = {
  id: string;
  /** Masked. */
  code: string;
  batch_id: string;
  amount: number;
  description: string;
  max_uses: number;
  used_count: number;
  status: CodeStatus;
  expires_at: string | null;
  created_at: string;
};

export const isoOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** A page of all codes or of those of a status or batch, the newest first. */
export async function listCodes(
  ctx: Ctx,
  query: Paging & { status?: CodeStatus | undefined; batch_id?: string | undefined },
): Promise<Page<CodeSummary>> {
  requireAdmin(ctx);
  const status = statusAt(ctx.deps.clock());
  const chosen = and(
    query.status && sql`${status} = ${query.status}`,
    query.batch_id === undefined ? undefined : eq(rechargeCodes.batchId, query.batch_id),
  );
  const { totals, rows } = await ctx.deps.db.readBatch((q) => ({
    totals: q
      .select({ total: sql<number>`count(*)` })
      .from(rechargeCodes)
      .where(chosen),
    rows: q
      .select(codeColumns(status))
      .from(rechargeCodes)
      .where(chosen)
      .orderBy(desc(rechargeCodes.createdAt), desc(rechargeCodes.id))
      .limit(query.page_size)
      .offset(offsetOf(query)),
  }));
  return pageOf(rows.map(summarize), totals[0]?.total ?? 0, query);
}

/**
 * Ends the use of a code for good; what it has given stays. Repeating this changes nothing.
 * @throws AppError RECHARGE_CODE_NOT_FOUND.
 */
export async function disableCode(ctx: Ctx, id: string): Promise<CodeSummary> {
  requireAdmin(ctx);
  const now = ctx.deps.clock();
  const ofId = eq(rechargeCodes.id, id);
  const { found } = await ctx.deps.db.write((q) => {
    const change = q
      .update(rechargeCodes)
      .set({ disabledAt: now })
      .where(and(ofId, isNull(rechargeCodes.disabledAt)));
    return {
      disabled: audited(ctx, q, change, { action: "recharge.disable", target: id }),
      found: q
        .select(codeColumns(statusAt(now)))
        .from(rechargeCodes)
        .where(ofId),
    };
  });
  const [row] = found;
  if (!row) throw new AppError("RECHARGE_CODE_NOT_FOUND");
  return summarize(row);
}

/** Whether a code can be used at a moment, and if not, why. */
const statusAt = (now: number) => sql<CodeStatus>`CASE
  WHEN ${rechargeCodes.disabledAt} IS NOT NULL THEN 'disabled'
  WHEN ${rechargeCodes.used} >= ${rechargeCodes.maxUses} THEN 'used'
  WHEN ${rechargeCodes.expiresAt} <= ${now} THEN 'expired'
  ELSE 'active' END`;

const codeColumns = (status: SQL<CodeStatus>) => ({
  id: rechargeCodes.id,
  masked: rechargeCodes.masked,
  batchId: rechargeCodes.batchId,
  amount: rechargeCodes.amount,
  description: rechargeCodes.description,
  maxUses: rechargeCodes.maxUses,
  used: rechargeCodes.used,
  expiresAt: rechargeCodes.expiresAt,
  createdAt: rechargeCodes.createdAt,
  status: status.as("status"),
});

type Row = Pick<
  typeof rechargeCodes.$inferSelect,
  "id" | "masked" | "batchId" | "amount" | "description" | "maxUses" | "used" | "expiresAt" | "createdAt"
> & { status: CodeStatus };

function summarize(row: Row): CodeSummary {
  return {
    id: row.id,
    code: row.masked,
    batch_id: row.batchId,
    amount: units(row.amount),
    description: row.description,
    max_uses: row.maxUses,
    used_count: row.used,
    status: row.status,
    expires_at: isoOrNull(row.expiresAt),
    created_at: new Date(row.createdAt).toISOString(),
  };
}

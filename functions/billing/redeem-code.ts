import { eq, sql } from "drizzle-orm";
import { ledger, rechargeCodes, redemptions } from "../../schema/billing.ts";
import { audit } from "../../schema/core.ts";
import {
  attempting,
  forgetAttempt,
  keepAttempt,
  recordAttempt,
  type Attempt,
} from "../accounts/sign-in/attempts.ts";
import { auditChange } from "../core/audit.ts";
import { requireUser } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { ConstraintError } from "../core/database/database.ts";
import { AppError } from "../core/errors.ts";
import { newId } from "../kit/ids.ts";
import { hashCode, readCode } from "./code-text.ts";
import { units } from "./money.ts";

/** Amounts in units. */
export type Redemption = { amount: number; new_balance: number; recharge_record_id: string };

/**
 * Adds a recharge code's amount to the signed-in user's balance, once for each user. Codes that are not valid count as wrong
 * passwords do, apart from them.
 * @param input.address the client's
 * @throws AppError INVALID_RECHARGE_CODE, RECHARGE_CODE_USED, TOO_MANY_ATTEMPTS.
 */
export async function redeemCode(ctx: Ctx, input: { code: string; address: string }): Promise<Redemption> {
  const { id: userId } = requireUser(ctx.actor);
  const code = readCode(input.code);
  if (!code) throw new AppError("INVALID_RECHARGE_CODE");
  const who = { account: sql<string>`${`recharge:${userId}`}`, address: `recharge:${input.address}` };
  const row = await attempting(ctx, who, (attempt) =>
    redeem(ctx, userId, hashCode(ctx.deps, code), attempt),
  ).catch((error: unknown) => {
    throw asUsed(error);
  });
  if (!row) throw new AppError("INVALID_RECHARGE_CODE");
  return {
    amount: units(row.amount),
    new_balance: units(row.balanceAfter),
    recharge_record_id: row.id,
  };
}

/** One batch: the redemption, its ledger entry and the code's count, or none of them and a wrong attempt. */
async function redeem(ctx: Ctx, userId: string, hash: string, attempt: Attempt) {
  const { at: now, address } = attempt;
  const id = newId("rcr", now);
  const done = sql`EXISTS (SELECT 1 FROM redemptions WHERE id = ${id})`;
  const valid = sql`disabled_at IS NULL AND (expires_at IS NULL OR expires_at > ${now})`;
  // Whoever has used a code is told so by the constraint, even when it has ended since.
  const known = sql`EXISTS (SELECT 1 FROM redemptions WHERE code_id = recharge_codes.id AND user_id = ${userId})`;
  const balance = sql`coalesce((SELECT balance FROM balances WHERE user_id = ${userId}), 0)`;
  const results = await ctx.deps.db.write((q) => [
    recordAttempt(q, attempt),
    q.insert(redemptions).select(sql`
      SELECT ${id}, id, ${userId}, amount, amount + ${balance}, ${now}
      FROM recharge_codes WHERE hash = ${hash} AND (${valid} OR ${known})`),
    q.insert(ledger).select(sql`
      SELECT NULL, user_id, 'recharge', amount, 'recharge:' || id, code_id, '', user_id, created_at
      FROM redemptions WHERE id = ${id}`),
    forgetAttempt(q, attempt, done),
    keepAttempt(q, attempt),
    q.insert(audit).select(auditChange(ctx, "recharge.refuse", userId, { address })),
    q
      .update(rechargeCodes)
      .set({ used: sql`used + 1` })
      .where(sql`id = (SELECT code_id FROM redemptions WHERE id = ${id})`),
    q.insert(audit).select(auditChange(ctx, "recharge.redeem", id)),
    q.select().from(redemptions).where(eq(redemptions.id, id)),
  ]);
  return results[8][0];
}

function asUsed(error: unknown): unknown {
  if (!(error instanceof ConstraintError)) return error;
  const used =
    error.constraint === "recharge_codes_uses" || error.constraint.startsWith("redemptions.code_id");
  return used ? new AppError("RECHARGE_CODE_USED", {}, { cause: error }) : error;
}

import { eq, sql } from "drizzle-orm";
import { balances, ledger, rechargeCodes, redemptions } from "../../schema/billing.ts";
import { requireUser } from "../accounts/sign-in/sessions.ts";
import {
  forgetSignInAttempt,
  markSignInAttemptWrong,
  recordSignInAttempt,
  writeSignInAttempt,
  type SignInAttempt,
} from "../accounts/sign-in/sign-in-attempts.ts";
import { audited } from "../core/audit.ts";
import type { Ctx } from "../core/context.ts";
import type { Query } from "../core/database/database.ts";
import { refusals } from "../core/database/refusals.ts";
import { AppError } from "../core/errors.ts";
import { newId } from "../kit/ids.ts";
import { hashCode, readCode } from "./code-text.ts";
import { units } from "./money.ts";

/** Amounts in units. */
export type Redemption = { amount: number; new_balance: number; recharge_record_id: string };

/** The constraints that refuse a code which this user has used already, or as many users as may use it. */
const usedUp = refusals({
  recharge_codes_uses: "RECHARGE_CODE_USED",
  "redemptions.code_id, redemptions.user_id": "RECHARGE_CODE_USED",
});

/**
 * Adds a recharge code's amount to the signed-in user's balance, once for each user. Wrong codes are counted like wrong
 * passwords, but separately from them.
 * @param input.address the client's
 * @throws AppError INVALID_RECHARGE_CODE, RECHARGE_CODE_USED, TOO_MANY_ATTEMPTS.
 */
export async function redeemCode(ctx: Ctx, input: { code: string; address: string }): Promise<Redemption> {
  const { id: userId } = requireUser(ctx.actor);
  const code = readCode(input.code);
  if (!code) throw new AppError("INVALID_RECHARGE_CODE");
  const who = {
    account: sql<string>`${`recharge:${userId}`}`,
    address: sql<string>`${`recharge:${input.address}`}`,
  };
  const hash = hashCode(ctx.deps, code);
  const { answers } = await writeSignInAttempt(
    ctx,
    who,
    (q, attempt) => redemptionBatch(ctx, q, { userId, hash, attempt, address: input.address }),
    usedUp,
  );
  const [row] = answers.found;
  if (!row) throw new AppError("INVALID_RECHARGE_CODE");
  return {
    amount: units(row.amount),
    new_balance: units(row.balanceAfter),
    recharge_record_id: row.id,
  };
}

/** Writes the redemption, its ledger entry and the code's new count together, or else a wrong attempt. */
function redemptionBatch(
  ctx: Ctx,
  q: Query,
  {
    userId,
    hash,
    attempt,
    address,
  }: { userId: string; hash: string; attempt: SignInAttempt; address: string },
) {
  const { at: now } = attempt;
  const id = newId("rcr", now);
  const { codeId } = redemptions;
  const made = sql`FROM ${redemptions} WHERE ${redemptions.id} = ${id}`;
  const valid = sql`${rechargeCodes.disabledAt} IS NULL
    AND (${rechargeCodes.expiresAt} IS NULL OR ${rechargeCodes.expiresAt} > ${now})`;
  // A user who has used a code before is told so by the constraint, even when the code has ended since.
  const known = sql`EXISTS (SELECT 1 FROM ${redemptions}
    WHERE ${codeId} = ${rechargeCodes.id} AND ${redemptions.userId} = ${userId})`;
  const balance = sql`coalesce((SELECT ${balances.balance} FROM ${balances} WHERE ${balances.userId} = ${userId}), 0)`;
  const count = q
    .update(rechargeCodes)
    .set({ used: sql`${rechargeCodes.used} + 1` })
    .where(sql`${rechargeCodes.id} = (SELECT ${codeId} ${made})`);
  const refusal = { action: "recharge.refuse", target: userId, detail: { address } };
  return {
    recorded: recordSignInAttempt(q, attempt),
    redeemed: q.insert(redemptions).select(sql`
      SELECT ${id}, ${rechargeCodes.id}, ${userId}, ${rechargeCodes.amount}, ${rechargeCodes.amount} + ${balance}, ${now}
      FROM ${rechargeCodes} WHERE ${rechargeCodes.hash} = ${hash} AND (${valid} OR ${known})`),
    entered: q.insert(ledger).select(sql`
      SELECT NULL, ${redemptions.userId}, 'recharge', ${redemptions.amount}, 'recharge:' || ${redemptions.id}, ${codeId}, '',
        ${redemptions.userId}, ${redemptions.createdAt} ${made}`),
    forgotten: forgetSignInAttempt(q, attempt, sql`EXISTS (SELECT 1 ${made})`),
    refused: audited(ctx, q, markSignInAttemptWrong(q, attempt), refusal),
    counted: audited(ctx, q, count, { action: "recharge.redeem", target: id }),
    found: q.select().from(redemptions).where(eq(redemptions.id, id)),
  };
}

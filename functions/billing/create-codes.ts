import { createHmac } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { rechargeCodes } from "../../schema/billing.ts";
import { audited } from "../core/audit.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { refusals } from "../core/database/refusals.ts";
import { AppError } from "../core/errors.ts";
import { newId, newSecret } from "../kit/ids.ts";
import { codeOf, hashCode, maskCode } from "./code-text.ts";
import { isoOrNull } from "./codes.ts";
import { hundredths, units } from "./money.ts";

export type CodeBatch = {
  /** Units. */
  amount: number;
  description: string;
  /** How many codes. */
  batchSize: number;
  /** Milliseconds since 1970. */
  expiresAt: number | null;
  /** How many users may use each code. */
  maxUses: number;
};

export type NewCodes = {
  batch_id: string;
  codes: { id: string; code: string; amount: number; expires_at: string | null }[];
  total_generated: number;
  total_amount: number;
};

/**
 * With an idempotency key, finding these codes in the database means that an earlier request with the same key made them.
 */
const madeBefore = refusals({ "recharge_codes.hash": "made before" });

type Code = { id: string; code: string; hash: string };

/**
 * Makes codes of one amount; they are shown in this answer and never again. `total_amount` is what they are worth when each
 * is used once. Repeating the request with the same idempotency key gives the same codes, because they are derived from the
 * key.
 * @throws AppError IDEMPOTENCY_CONFLICT.
 */
export async function createCodes(ctx: Ctx, input: CodeBatch, idempotencyKey?: string): Promise<NewCodes> {
  const { id: createdBy } = requireAdmin(ctx);
  const { db, clock, config } = ctx.deps;
  const { description, batchSize, expiresAt, maxUses } = input;
  const now = clock();
  const seed = idempotencyKey === undefined ? newSecret("seed") : JSON.stringify([createdBy, idempotencyKey]);
  const derived = (part: string) =>
    createHmac("sha256", config.JWT_SECRET).update(`recharge-codes:${part}:${seed}`).digest();
  const batchId = `rcb_${derived("batch").toString("hex").slice(0, 26)}`;
  const codes = Array.from({ length: batchSize }, (_, index): Code => {
    const code = codeOf(derived(String(index)));
    return { id: newId("rcc", now), code, hash: hashCode(ctx.deps, code) };
  });
  const rows = JSON.stringify(codes.map(({ id, code, hash }) => [id, hash, maskCode(code)]));
  const detail = {
    amount: input.amount,
    description,
    codes: batchSize,
    max_uses: maxUses,
    expires_at: isoOrNull(expiresAt),
  };
  const outcome = await db.tryWrite(
    (q) => {
      const change = q.insert(rechargeCodes).select(sql`
        SELECT value ->> 0, value ->> 1, value ->> 2, ${hundredths(input.amount)}, ${description}, ${batchId}, ${expiresAt},
          ${maxUses}, 0, NULL, ${createdBy}, ${now} FROM json_each(${rows})`);
      return audited(ctx, q, change, { action: "recharge.create", target: batchId, detail });
    },
    idempotencyKey === undefined ? {} : madeBefore,
  );
  const made = outcome.refused ? await findEarlierCodes(ctx, batchId, input, codes) : codes;
  return describeBatch(batchId, input, made);
}

/**
 * The codes that an earlier request with this key made, with the ids they got then.
 * @throws AppError IDEMPOTENCY_CONFLICT.
 */
async function findEarlierCodes(ctx: Ctx, batchId: string, input: CodeBatch, codes: Code[]): Promise<Code[]> {
  const rows = await ctx.deps.db.read((q) =>
    q.select().from(rechargeCodes).where(eq(rechargeCodes.batchId, batchId)),
  );
  const ids = new Map(rows.map(({ hash, id }) => [hash, id]));
  const same = rows.every(
    (row) =>
      row.amount === hundredths(input.amount) &&
      row.description === input.description &&
      row.expiresAt === input.expiresAt &&
      row.maxUses === input.maxUses,
  );
  if (!same || rows.length !== codes.length) throw new AppError("IDEMPOTENCY_CONFLICT");
  return codes.map(({ code, hash, id }) => ({ code, hash, id: ids.get(hash) ?? id }));
}

function describeBatch(batchId: string, { amount, expiresAt }: CodeBatch, codes: Code[]): NewCodes {
  return {
    batch_id: batchId,
    codes: codes.map(({ id, code }) => ({ id, code, amount, expires_at: isoOrNull(expiresAt) })),
    total_generated: codes.length,
    total_amount: units(hundredths(amount) * codes.length),
  };
}

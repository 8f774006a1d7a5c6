import { and, desc, eq, gt, sql, type SQL } from "drizzle-orm";
import { loginAttempts } from "../../schema/accounts.ts";
import type { Ctx } from "../core/context.ts";
import { refusals } from "../core/database/refusals.ts";
import { AppError } from "../core/errors.ts";
import { sha256Hex } from "../kit/hash/hash.ts";

const WINDOW_MS = 15 * 60_000;
/**
 * How many different wrong secrets an address may send in that time. Keys of new users, for whom nothing is stored yet,
 * count as wrong too, and many users may share an address.
 */
const MOST_PER_ADDRESS = 60;

const limits = refusals({ "login_attempts.address": "TOO_MANY_ATTEMPTS" });

/** A secret that is presented alone, without naming an account, so that it can be guessed without one. */
export type Guess = {
  /** The kind of secret. Each kind is counted separately. */
  kind: string;
  secret: string;
  address: string;
  /** Whether the secret exists, evaluated when the statement runs. */
  isRight: SQL;
};

/**
 * Counts a wrong secret for the address that sent it. Once an address has sent too many, it is refused with right and wrong
 * ones alike; from other addresses the right one still works. The same wrong secret again does not count. One round trip.
 * @throws AppError TOO_MANY_ATTEMPTS with the seconds until the next may be tried.
 */
export async function countGuess(ctx: Ctx, guess: Guess): Promise<void> {
  const { db, clock } = ctx.deps;
  const now = clock();
  const from = `${guess.kind}:${guess.address}`;
  const id = `bad_${sha256Hex(JSON.stringify([from, guess.secret])).slice(0, 32)}`;
  const { address, at } = loginAttempts;
  const recent = sql`${loginAttempts} WHERE ${at} > ${now - WINDOW_MS}`;
  const isRepeated = sql`EXISTS (SELECT 1 FROM ${recent} AND ${loginAttempts.id} = ${id})`;
  const isFull = sql`(SELECT count(*) FROM ${recent} AND ${address} = ${from}) >= ${MOST_PER_ADDRESS}`;
  const outcome = await db.tryWrite(
    (q) => ({
      counted: q
        .insert(loginAttempts)
        .select(
          sql`SELECT ${id}, ${id}, CASE WHEN NOT ${isFull} THEN ${from} END, ${now}
            WHERE NOT ${isRepeated} AND (${isFull} OR NOT ${guess.isRight})`,
        )
        .onConflictDoUpdate({ target: loginAttempts.id, set: { at: now } }),
    }),
    limits,
  );
  if (outcome.refused === undefined) return;
  const [filling] = await db.read((q) =>
    q
      .select({ at })
      .from(loginAttempts)
      .where(and(eq(address, from), gt(at, now - WINDOW_MS)))
      .orderBy(desc(at))
      .limit(1)
      .offset(MOST_PER_ADDRESS - 1),
  );
  const seconds = Math.max(1, Math.ceil(((filling?.at ?? now) + WINDOW_MS - now) / 1000));
  throw new AppError(outcome.refused, { seconds }, { retryAfter: seconds, cause: outcome.cause });
}

import { and, desc, eq, gt, lt, sql, type SQL } from "drizzle-orm";
import { loginAttempts } from "../../../schema/accounts.ts";
import type { Ctx } from "../../core/context.ts";
import type { Answers, Batch } from "../../core/database/batch.ts";
import type { Query } from "../../core/database/database.ts";
import { refusals, type Refusals } from "../../core/database/refusals.ts";
import { AppError, type ErrorCode } from "../../core/errors.ts";
import { newId } from "../../kit/ids.ts";

const WINDOW_MS = 15 * 60_000;
/** Wrong passwords that one account may have in that time. */
const MOST_PER_ACCOUNT = 5;
/**
 * Wrong passwords that one address may have in that time. Several people may share an address; whoever tries many accounts
 * from one needs more tries than this.
 */
const MOST_PER_ADDRESS = 30;
/** An attempt that is still unsettled after this long belongs to a Worker that died: it counts as wrong. */
const SETTLED_AFTER_MS = 30_000;
/** How long an attempt waits for others under way, all of which may turn out right. */
const WAIT_BUDGET_MS = 8_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 800;

/** Beginnings of an attempt's id: while its password is being checked, and once it was found wrong. */
const UNDER_WAY = "try";
const WRONG = "bad";

const limits = refusals({
  "login_attempts.account": "TOO_MANY_ATTEMPTS",
  "login_attempts.address": "TOO_MANY_ATTEMPTS",
});

/** One password, or recharge code, being tried. */
export type SignInAttempt = {
  id: string;
  /** Whose password is tried. */
  account: SQL<string>;
  /** What it counts for besides; an address, where nothing better is known. */
  address: SQL<string>;
  at: number;
};

export type AttemptBy = Pick<SignInAttempt, "account" | "address">;

/**
 * Writes a batch that must record the given attempt, before anybody looks at the password. The database refuses the record
 * where wrong passwords and attempts under way reach the limit; attempts under way are waited for first.
 * @throws AppError TOO_MANY_ATTEMPTS with the seconds until the next attempt is allowed, or another error that `meanings`
 *   names.
 */
export async function writeSignInAttempt<B extends Batch>(
  ctx: Ctx,
  who: AttemptBy,
  build: (query: Query, attempt: SignInAttempt) => B,
  meanings: Refusals<ErrorCode> = {},
): Promise<{ attempt: SignInAttempt; answers: Answers<B> }> {
  const { clock, db } = ctx.deps;
  const deadline = clock() + WAIT_BUDGET_MS;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const at = clock();
    const attempt = { ...who, id: newId(UNDER_WAY, at), at };
    const outcome = await db.tryWrite((q) => build(q, attempt), { ...meanings, ...limits });
    if (outcome.refused === undefined) return { attempt, answers: outcome.done };
    if (outcome.refused !== "TOO_MANY_ATTEMPTS") {
      throw new AppError(outcome.refused, {}, { cause: outcome.cause });
    }
    const seconds = Math.ceil(((await freeAgainAt(ctx, attempt)) - clock()) / 1000);
    if (seconds > 0 || clock() + wait > deadline) throw tooMany(Math.max(1, seconds));
    await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random())));
  }
}

/**
 * The statement that records an attempt. Unless `applies`, it writes NULL into a NOT NULL column, which refuses the whole
 * batch.
 */
export function recordSignInAttempt(q: Query, attempt: SignInAttempt, applies: SQL = sql`true`) {
  const { id, account, address, at } = attempt;
  const recent = sql`FROM ${loginAttempts} WHERE ${loginAttempts.at} > ${at - WINDOW_MS}`;
  const ofAccount = sql`(SELECT count(*) ${recent} AND ${loginAttempts.account} = ${account})`;
  const ofAddress = sql`(SELECT count(*) ${recent} AND ${loginAttempts.address} = ${address})`;
  return q.insert(loginAttempts).select(sql`
    SELECT ${id},
      CASE WHEN ${ofAccount} < ${MOST_PER_ACCOUNT} THEN ${account} END,
      CASE WHEN ${ofAddress} < ${MOST_PER_ADDRESS} THEN ${address} END,
      ${at}
    WHERE ${applies}`);
}

/** The statement that removes an attempt whose password was right, if `applies`. */
export const forgetSignInAttempt = (q: Query, { id }: SignInAttempt, applies: SQL = sql`true`) =>
  q.delete(loginAttempts).where(and(eq(loginAttempts.id, id), applies));

/** The statement that marks an attempt as wrong: it counts until its time has passed. */
export const markSignInAttemptWrong = (q: Query, { id }: SignInAttempt) =>
  q
    .update(loginAttempts)
    .set({ id: id.replace(UNDER_WAY, WRONG) })
    .where(eq(loginAttempts.id, id));

/** Deletes attempts that no longer count. */
export async function expireSignInAttempts(ctx: Ctx): Promise<void> {
  const { db, clock } = ctx.deps;
  await db.write((q) => ({
    deleted: q.delete(loginAttempts).where(lt(loginAttempts.at, clock() - WINDOW_MS)),
  }));
}

const tooMany = (seconds: number) => new AppError("TOO_MANY_ATTEMPTS", { seconds }, { retryAfter: seconds });

/**
 * When the oldest of the wrong passwords that reach the account's or the address's limit stops counting; 0 where the limit
 * is not reached.
 */
async function freeAgainAt(ctx: Ctx, { account, address, at }: SignInAttempt): Promise<number> {
  const settled = sql`(substr(${loginAttempts.id}, 1, 3) = ${WRONG} OR ${loginAttempts.at} < ${at - SETTLED_AFTER_MS})`;
  const filling = (q: Query, whose: SQL, limit: number) =>
    q
      .select({ at: loginAttempts.at })
      .from(loginAttempts)
      .where(and(whose, gt(loginAttempts.at, at - WINDOW_MS), settled))
      .orderBy(desc(loginAttempts.at))
      .limit(1)
      .offset(limit - 1);
  const { ofAccount, ofAddress } = await ctx.deps.db.readBatch((q) => ({
    ofAccount: filling(q, eq(loginAttempts.account, account), MOST_PER_ACCOUNT),
    ofAddress: filling(q, eq(loginAttempts.address, address), MOST_PER_ADDRESS),
  }));
  const latest = Math.max(ofAccount[0]?.at ?? 0, ofAddress[0]?.at ?? 0);
  return latest === 0 ? 0 : latest + WINDOW_MS;
}

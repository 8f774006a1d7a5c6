import { and, desc, eq, gt, lt, sql, type SQL } from "drizzle-orm";
import { loginAttempts } from "../../../schema/accounts.ts";
import type { Ctx } from "../../core/context.ts";
import { ConstraintError, type Query } from "../../core/database/database.ts";
import { AppError } from "../../core/errors.ts";
import { newId } from "../../kit/ids.ts";

const WINDOW_MS = 15 * 60_000;
/** Wrong passwords in that time. */
const MOST_PER_ACCOUNT = 5;
/** Several people may share an address; one who tries many accounts from it needs more than this. */
const MOST_PER_ADDRESS = 30;
/** An attempt that has not been settled by then belongs to a Worker that died: it counts as wrong. */
const SETTLED_AFTER_MS = 30_000;
/** How long attempts wait for those under way, all of which may turn out right. */
const WAIT_BUDGET_MS = 8_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 800;

/** Prefixes of an attempt's id: being checked, and found wrong. */
const UNDER_WAY = "try";
const WRONG = "bad";

export type Attempt = {
  id: string;
  /** Whose password is tried. */
  account: SQL<string>;
  address: string;
  at: number;
};

/**
 * Runs `work`, which must record the attempt that it is given before it looks at a password. The record is refused where
 * wrong passwords and attempts under way reach the limit; the latter are waited for.
 * @throws AppError TOO_MANY_ATTEMPTS with the seconds until the limit is free again.
 */
export async function attempting<T>(
  ctx: Ctx,
  who: { account: SQL<string>; address: string },
  work: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const { clock } = ctx.deps;
  const deadline = clock() + WAIT_BUDGET_MS;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const at = clock();
    const attempt = { ...who, id: newId(UNDER_WAY, at), at };
    try {
      return await work(attempt);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const seconds = Math.ceil(((await freeAgainAt(ctx, attempt)) - clock()) / 1000);
      if (seconds > 0 || clock() + wait > deadline) throw tooMany(Math.max(1, seconds));
    }
    await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random())));
  }
}

/** Records an attempt, if `applies`: NULL in a NOT NULL column refuses the whole batch. */
export function recordAttempt(q: Query, { id, account, address, at }: Attempt, applies: SQL = sql`true`) {
  const since = at - WINDOW_MS;
  const ofAccount = sql`(SELECT count(*) FROM login_attempts WHERE account = ${account} AND at > ${since})`;
  const ofAddress = sql`(SELECT count(*) FROM login_attempts WHERE address = ${address} AND at > ${since})`;
  return q.insert(loginAttempts).select(sql`
    SELECT ${id},
      CASE WHEN ${ofAccount} < ${MOST_PER_ACCOUNT} THEN ${account} END,
      CASE WHEN ${ofAddress} < ${MOST_PER_ADDRESS} THEN ${address} END,
      ${at}
    WHERE ${applies}`);
}

/** Takes out an attempt whose password was right, if `applies`. */
export const forgetAttempt = (q: Query, { id }: Attempt, applies: SQL = sql`true`) =>
  q.delete(loginAttempts).where(and(eq(loginAttempts.id, id), applies));

/** Settles an attempt as wrong. */
export const keepAttempt = (q: Query, { id }: Attempt) =>
  q
    .update(loginAttempts)
    .set({ id: id.replace(UNDER_WAY, WRONG) })
    .where(eq(loginAttempts.id, id));

/** Deletes attempts that no longer count. */
export async function expireAttempts(ctx: Ctx): Promise<void> {
  const { db, clock } = ctx.deps;
  await db.write((q) => [q.delete(loginAttempts).where(lt(loginAttempts.at, clock() - WINDOW_MS))]);
}

const isRefusal = (error: unknown) =>
  error instanceof ConstraintError && error.constraint.startsWith("login_attempts.");

const tooMany = (seconds: number) => new AppError("TOO_MANY_ATTEMPTS", { seconds }, { retryAfter: seconds });

/** When the oldest wrong password that fills the account's or the address's limit stops counting; 0 where none does. */
async function freeAgainAt(ctx: Ctx, { account, address, at }: Attempt): Promise<number> {
  const settled = sql`(substr(${loginAttempts.id}, 1, 3) = ${WRONG} OR ${loginAttempts.at} < ${at - SETTLED_AFTER_MS})`;
  const filling = (q: Query, whose: SQL, limit: number) =>
    q
      .select({ at: loginAttempts.at })
      .from(loginAttempts)
      .where(and(whose, gt(loginAttempts.at, at - WINDOW_MS), settled))
      .orderBy(desc(loginAttempts.at))
      .limit(1)
      .offset(limit - 1);
  const [[ofAccount], [ofAddress]] = await ctx.deps.db.read((q) =>
    q.batch([
      filling(q, eq(loginAttempts.account, account), MOST_PER_ACCOUNT),
      filling(q, eq(loginAttempts.address, address), MOST_PER_ADDRESS),
    ]),
  );
  const latest = Math.max(ofAccount?.at ?? 0, ofAddress?.at ?? 0);
  return latest === 0 ? 0 : latest + WINDOW_MS;
}

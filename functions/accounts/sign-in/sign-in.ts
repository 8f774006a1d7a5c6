import { and, eq, sql } from "drizzle-orm";
import { sessions, users } from "../../../schema/accounts.ts";
import { audit } from "../../../schema/core.ts";
import type { Ctx } from "../../core/context.ts";
import { ConstraintError } from "../../core/database/database.ts";
import { AppError } from "../../core/errors.ts";
import { sha256Hex } from "../../kit/hash/hash.ts";
import { attempting, forgetAttempt, keepAttempt, recordAttempt, type Attempt } from "./attempts.ts";
import { ensureFirstAdministrator, isFirstAdministrator } from "../first-administrator.ts";
import { accountKey, isMail } from "../names.ts";
import { checkPassword, hashPassword } from "./passwords.ts";
import { issueToken } from "./tokens.ts";

/** Seconds that a session lasts, by what its user signed in with: contract 3 has names, contract 4 mail addresses. */
const BY_NAME_SECONDS = 24 * 3600;
const BY_MAIL_SECONDS = 30 * 60;

export type SignIn = {
  /** A user name or a mail address. */
  name: string;
  password: string;
  address: string;
  /** Let nobody but administrators in. */
  adminOnly?: boolean;
};

export type SignedIn = {
  token: string;
  /** Seconds. */
  expiresIn: number;
  /** Milliseconds since 1970. */
  expiresAt: number;
  user: { id: string; email: string; username: string; role: "user" | "admin" };
};

type Found = typeof users.$inferSelect;

/**
 * Signs in by user name or mail address. Nothing tells an unknown account from a wrong password, or from an account that may
 * not sign in here: the same answer after the same work, throttled alike.
 * @throws AppError INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS.
 */
export async function signIn(ctx: Ctx, input: SignIn): Promise<SignedIn> {
  const { deps } = ctx;
  const key = accountKey(input.name);
  const named = eq(isMail(key) ? users.emailKey : users.usernameKey, key);
  const unknown = `name:${sha256Hex(key)}`;
  const account = sql<string>`coalesce((SELECT id FROM users WHERE ${named}), ${unknown})`;
  const { attempt, row } = await attempting(ctx, { account, address: input.address }, async (attempt) => {
    const [, [row]] = await deps.db.write((q) => [
      recordAttempt(q, attempt),
      q.select().from(users).where(named),
    ]);
    return { attempt, row };
  });
  const user = row ?? (await firstAdministrator(ctx, key));
  const { right, outdated } = await checkPassword(deps, input.password, user?.passwordHash);
  const admitted = user && right && user.isActive && (!input.adminOnly || user.role === "admin");
  if (!admitted) {
    await refuse(ctx, attempt, user?.id ?? unknown);
    throw new AppError("INVALID_CREDENTIALS");
  }
  const passwordHash = outdated ? await hashPassword(deps, input.password) : undefined;
  return openSession(ctx, attempt, user, isMail(key) ? BY_MAIL_SECONDS : BY_NAME_SECONDS, passwordHash);
}

/** The administrator of the settings, made when first asked for. */
async function firstAdministrator(ctx: Ctx, key: string): Promise<Found | undefined> {
  if (!isFirstAdministrator(ctx.deps, key)) return undefined;
  await ensureFirstAdministrator(ctx.deps);
  const named = eq(isMail(key) ? users.emailKey : users.usernameKey, key);
  const [user] = await ctx.deps.db.read((q) => q.select().from(users).where(named));
  return user;
}

async function refuse(ctx: Ctx, attempt: Attempt, target: string): Promise<void> {
  const { address, at } = attempt;
  await ctx.deps.db.write((q) => [
    keepAttempt(q, attempt),
    q.insert(audit).values({ at, actor: "nobody", action: "session.refuse", target, detail: { address } }),
  ]);
}

async function openSession(
  ctx: Ctx,
  attempt: Attempt,
  user: Found,
  expiresIn: number,
  passwordHash: string | undefined,
): Promise<SignedIn> {
  const { deps } = ctx;
  const { id, username, email, role, tokenVersion } = user;
  const { token, sessionKey, expiresAt } = await issueToken(deps, user, expiresIn);
  const now = deps.clock();
  // NULL where the password was changed or the account ended while this one was being checked.
  const still = sql<string>`(SELECT id FROM users WHERE ${and(eq(users.id, id), eq(users.tokenVersion, tokenVersion), eq(users.isActive, true))})`;
  try {
    await deps.db.write((q) => [
      q.insert(sessions).values({ id: sessionKey, userId: still, createdAt: now, expiresAt }),
      forgetAttempt(q, attempt),
      q
        .update(users)
        .set({ lastLoginAt: now, ...(passwordHash && { passwordHash }) })
        .where(eq(users.id, id)),
      q.insert(audit).values({
        at: now,
        actor: id,
        action: "session.start",
        target: id,
        detail: { address: attempt.address },
      }),
    ]);
  } catch (error) {
    if (!(error instanceof ConstraintError)) throw error;
    throw new AppError("INVALID_CREDENTIALS", {}, { cause: error });
  }
  return { token, expiresIn, expiresAt, user: { id, email, username, role } };
}

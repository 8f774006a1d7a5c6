import { and, eq, sql } from "drizzle-orm";
import { sessions, users } from "../../../schema/accounts.ts";
import { audited, recordAudit } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import { refusals } from "../../core/database/refusals.ts";
import { AppError } from "../../core/errors.ts";
import { sha256Hex } from "../../kit/hash/hash.ts";
import { ensureFirstAdministrator, isFirstAdministrator } from "../first-administrator.ts";
import { accountKey, isMail } from "../names.ts";
import { issueDevice, knownOrigin, noteOrigin, readDevice, type Origin } from "./origins.ts";
import { checkPassword, hashPassword } from "./passwords.ts";
import {
  forgetSignInAttempt,
  markSignInAttemptWrong,
  recordSignInAttempt,
  writeSignInAttempt,
  type SignInAttempt,
} from "./sign-in-attempts.ts";
import { issueToken } from "./tokens.ts";

/** Seconds that a session lasts, by what its user signed in with. */
const BY_NAME_SECONDS = 24 * 3600;
const BY_MAIL_SECONDS = 30 * 60;

export type SignIn = {
  /** A user name or a mail address. */
  name: string;
  password: string;
  from: Origin;
  /** Let nobody but administrators in. */
  adminOnly?: boolean;
};

export type SignedIn = {
  token: string;
  /** Seconds. */
  expiresIn: number;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** What the device is known by from now on. */
  device: string;
  user: { id: string; email: string; username: string; role: "user" | "admin" };
};

/** Somebody whose password was right, and who has no session yet. */
export type Admitted = {
  attempt: SignInAttempt;
  user: StoredUser;
  address: string;
  /** What the device is known by from now on. */
  device: string;
  /** The password hashed as it is hashed today, where it was hashed otherwise. */
  passwordHash: string | undefined;
};

type StoredUser = typeof users.$inferSelect;

/** The error where the password was changed, or the account ended, while the password was being checked. */
const endedMeanwhile = refusals({ "sessions.user_id": "INVALID_CREDENTIALS" });

/**
 * Signs in by user name or mail address, for a token.
 * @throws AppError INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS.
 */
export async function signIn(ctx: Ctx, input: SignIn): Promise<SignedIn> {
  const admitted = await admit(ctx, input);
  const { user, device } = admitted;
  const expiresIn = isMail(accountKey(input.name)) ? BY_MAIL_SECONDS : BY_NAME_SECONDS;
  const { token, sessionKey, expiresAt } = await issueToken(ctx.deps, user, expiresIn);
  await openSession(ctx, admitted, { id: sessionKey, expiresAt });
  const { id, email, username, role } = user;
  return { token, expiresIn, expiresAt, device, user: { id, email, username, role } };
}

/**
 * Checks name and password; `openSession` has to follow. Nothing tells an unknown account from a wrong password, or from an account that may
 * not sign in here: the same answer after the same work, throttled alike. Attempts from where the user signed in from lately count
 * apart from all others.
 * @throws AppError INVALID_CREDENTIALS, TOO_MANY_ATTEMPTS.
 */
export async function admit(ctx: Ctx, input: SignIn): Promise<Admitted> {
  const { deps } = ctx;
  const key = accountKey(input.name);
  const named = eq(isMail(key) ? users.emailKey : users.usernameKey, key);
  const unknown = `name:${sha256Hex(key)}`;
  const { address } = input.from;
  const device = await readDevice(deps, input.from);
  const userId = sql<string>`(SELECT ${users.id} FROM ${users} WHERE ${named})`;
  const known = knownOrigin(userId, address, device, deps.clock());
  // Nobody can keep the owner out by trying from elsewhere.
  const who = {
    account: sql<string>`coalesce(${known}, ${userId}, ${unknown})`,
    address: sql<string>`coalesce(${known}, ${address})`,
  };
  const { attempt, answers } = await writeSignInAttempt(ctx, who, (q, attempt) => ({
    recorded: recordSignInAttempt(q, attempt),
    found: q.select().from(users).where(named),
  }));
  const user = answers.found[0] ?? (await findFirstAdministrator(ctx, key));
  const { right, outdated } = await checkPassword(deps, input.password, user?.passwordHash);
  const admitted = user && right && user.isActive && (!input.adminOnly || user.role === "admin");
  if (!admitted) {
    await recordRefusal(ctx, attempt, user?.id ?? unknown, address);
    throw new AppError("INVALID_CREDENTIALS");
  }
  const passwordHash = outdated ? await hashPassword(deps, input.password) : undefined;
  return { attempt, user, address, passwordHash, device: await issueDevice(deps, user.id, device) };
}

/** The administrator of the settings, made at the first sign-in under that name. */
async function findFirstAdministrator(ctx: Ctx, key: string): Promise<StoredUser | undefined> {
  if (!isFirstAdministrator(ctx.deps, key)) return undefined;
  await ensureFirstAdministrator(ctx);
  const named = eq(isMail(key) ? users.emailKey : users.usernameKey, key);
  const [user] = await ctx.deps.db.read((q) => q.select().from(users).where(named));
  return user;
}

async function recordRefusal(
  ctx: Ctx,
  attempt: SignInAttempt,
  target: string,
  address: string,
): Promise<void> {
  const { at } = attempt;
  const entry = { at, actor: "nobody", action: "session.refuse", target, detail: { address } };
  await ctx.deps.db.write((q) => ({
    marked: markSignInAttemptWrong(q, attempt),
    audit: recordAudit(ctx, q, entry),
  }));
}

type NewSession = Pick<typeof sessions.$inferInsert, "id" | "expiresAt" | "userAgent" | "usedAt">;

/**
 * Opens the session of somebody whose password was right.
 * @throws AppError INVALID_CREDENTIALS where the password was changed, or the account ended, meanwhile.
 */
export async function openSession(ctx: Ctx, admitted: Admitted, session: NewSession): Promise<void> {
  const { deps } = ctx;
  const { attempt, user, address, passwordHash } = admitted;
  const { id, tokenVersion } = user;
  const now = deps.clock();
  const unchanged = and(eq(users.id, id), eq(users.tokenVersion, tokenVersion), eq(users.isActive, true));
  // Writes NULL, which the column refuses, where there is no such user.
  const userId = sql<string>`(SELECT ${users.id} FROM ${users} WHERE ${unchanged})`;
  const entry = { at: now, actor: id, action: "session.start", target: id, detail: { address } };
  await deps.db.write((q) => {
    const change = q.insert(sessions).values({ ...session, userId, createdAt: now });
    return {
      session: audited(ctx, q, change, entry),
      forgotten: forgetSignInAttempt(q, attempt),
      origin: noteOrigin(q, id, address, now),
      user: q
        .update(users)
        .set({ lastLoginAt: now, ...(passwordHash && { passwordHash }) })
        .where(eq(users.id, id)),
    };
  }, endedMeanwhile);
}

import { eq, or, sql } from "drizzle-orm";
import { loginAttempts, sessions, users } from "../../../schema/accounts.ts";
import { audited } from "../../core/audit.ts";
import { nobody } from "../../core/context.ts";
import type { Database, Query } from "../../core/database/database.ts";
import type { Locale } from "../../core/locale/locale.ts";
import { accountKey, checkNewPassword, isMail } from "../names.ts";
import { hashPassword } from "./passwords.ts";

/** An account as an operator names it. */
export type NamedAccount = { id: string; username: string; email: string; role: string; isActive: boolean };

type Operator = { deps: { db: Database; clock: () => number } };

/** The account of a user name or mail address, in any case and width; without one, all administrators. */
export function findAccounts({ deps }: Operator, name: string | undefined): Promise<NamedAccount[]> {
  const key = name === undefined ? undefined : accountKey(name);
  const { id, username, email, role, isActive } = users;
  const chosen =
    key === undefined ? eq(role, "admin") : eq(isMail(key) ? users.emailKey : users.usernameKey, key);
  return deps.db.read((q) =>
    q.select({ id, username, email, role, isActive }).from(users).where(chosen).orderBy(id).limit(100),
  );
}

/**
 * Gives an account another password, for whoever runs the server: the present one is not asked for. Ends all of the account's
 * sessions, and lets it be tried again at once.
 * @throws AppError VALIDATION_ERROR for a password that is one of the account's own names.
 */
export async function resetPassword(
  { deps }: Operator,
  account: NamedAccount,
  password: string,
  locale: Locale = "en",
): Promise<void> {
  checkNewPassword(locale, "password", password, [account.username, account.email]);
  const passwordHash = await hashPassword(deps, password);
  const { id } = account;
  const entry = { actor: "operator", action: "password.reset", target: id };
  await deps.db.write((q) => ({
    changed: audited({ actor: nobody, deps }, q, changeHash(q, id, passwordHash), entry),
    signedOut: q.delete(sessions).where(eq(sessions.userId, id)),
    unlocked: q
      .delete(loginAttempts)
      .where(or(eq(loginAttempts.account, id), sql`${loginAttempts.account} GLOB ${`${id} *`}`)),
  }));
}

const changeHash = (q: Query, id: string, passwordHash: string) =>
  q
    .update(users)
    .set({ passwordHash, tokenVersion: sql`${users.tokenVersion} + 1` })
    .where(eq(users.id, id));

import { and, eq, exists, sql } from "drizzle-orm";
import { sessions, users } from "../../../schema/accounts.ts";
import { audit } from "../../../schema/core.ts";
import type { Ctx } from "../../core/context.ts";
import { ConstraintError } from "../../core/database/database.ts";
import { AppError } from "../../core/errors.ts";
import { attempting, forgetAttempt, keepAttempt, recordAttempt } from "./attempts.ts";
import { checkNewPassword } from "../names.ts";
import { checkPassword, hashPassword } from "./passwords.ts";
import { sessionUser } from "./sessions.ts";
import { readToken } from "./tokens.ts";

export type PasswordChange = {
  /** What signs the user in; asked of the database together with the password, which saves a round trip. */
  token: string | undefined;
  current: string;
  next: string;
  address: string;
  /** Let nobody but administrators do it here. */
  adminOnly?: boolean;
  /** What the request calls the new password. */
  field: string;
};

/**
 * Changes the signed-in user's password and ends all of the user's tokens, the one of this request too.
 * @throws AppError INVALID_TOKEN, ACCESS_DENIED, WRONG_PASSWORD, VALIDATION_ERROR, TOO_MANY_ATTEMPTS.
 */
export async function changePassword(ctx: Ctx, input: PasswordChange): Promise<void> {
  const { deps } = ctx;
  const claims = input.token === undefined ? null : await readToken(deps, input.token);
  if (!claims) throw new AppError("INVALID_TOKEN");
  const who = { account: sql<string>`${claims.userId}`, address: input.address };
  const { attempt, user } = await attempting(ctx, who, async (attempt) => {
    const [, [user]] = await deps.db.write((q) => {
      const session = sessionUser(q, claims, attempt.at);
      const mayTry = input.adminOnly ? and(exists(session), isAdmin(claims.userId)) : exists(session);
      return [recordAttempt(q, attempt, mayTry), session];
    });
    return { attempt, user };
  });
  if (!user) throw new AppError("INVALID_TOKEN");
  if (input.adminOnly && user.role !== "admin") throw new AppError("ACCESS_DENIED");

  const { right } = await checkPassword(deps, input.current, user.passwordHash);
  const { address, at } = attempt;
  const entry = { at, actor: user.id, target: user.id, detail: { address } };
  if (!right) {
    await deps.db.write((q) => [
      keepAttempt(q, attempt),
      q.insert(audit).values({ ...entry, action: "password.refuse" }),
    ]);
    throw new AppError("WRONG_PASSWORD");
  }
  try {
    checkNewPassword(ctx.locale, input.field, input.next, [user.username, user.email]);
  } catch (error) {
    await deps.db.write((q) => [forgetAttempt(q, attempt)]);
    throw error;
  }
  const hash = await hashPassword(deps, input.next);
  try {
    await deps.db.write((q) => [
      q
        .update(users)
        .set({
          // NULL, which is refused, where another change came first.
          passwordHash: sql`CASE WHEN ${users.tokenVersion} = ${user.tokenVersion} THEN ${hash} END`,
          tokenVersion: sql`${users.tokenVersion} + 1`,
        })
        .where(eq(users.id, user.id)),
      q.delete(sessions).where(eq(sessions.userId, user.id)),
      forgetAttempt(q, attempt),
      q.insert(audit).values({ ...entry, action: "password.change" }),
    ]);
  } catch (error) {
    if (!(error instanceof ConstraintError)) throw error;
    throw new AppError("INVALID_TOKEN", {}, { cause: error });
  }
}

const isAdmin = (id: string) => sql`(SELECT role FROM users WHERE id = ${id}) = 'admin'`;

import { eq, exists, sql } from "drizzle-orm";
import { sessions, users } from "../../../schema/accounts.ts";
import { audited, recordAudit } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import { refusals } from "../../core/database/refusals.ts";
import { AppError } from "../../core/errors.ts";
import { checkNewPassword } from "../names.ts";
import { checkPassword, hashPassword } from "./passwords.ts";
import { selectSessionUser } from "./sessions.ts";
import {
  forgetSignInAttempt,
  markSignInAttemptWrong,
  recordSignInAttempt,
  writeSignInAttempt,
} from "./sign-in-attempts.ts";
import { readProof, type Proof } from "./proofs.ts";

export type PasswordChange = {
  /** What signs the user in. It is checked in the query that reads the password, which saves a round trip. */
  proof: Proof | undefined;
  current: string;
  next: string;
  address: string;
  /** Let nobody but administrators do it here. */
  adminOnly?: boolean;
  /** What the request calls the new password. */
  field: string;
};

/** The error for a batch that another change of the password came before. */
const changedMeanwhile = refusals({ "users.password_hash": "INVALID_TOKEN" });

/**
 * Changes the signed-in user's password and ends all of the user's sessions, the one of this request too.
 * @throws AppError INVALID_TOKEN, ACCESS_DENIED, WRONG_PASSWORD, VALIDATION_ERROR, TOO_MANY_ATTEMPTS.
 */
export async function changePassword(ctx: Ctx, input: PasswordChange): Promise<void> {
  const { deps } = ctx;
  const claims = input.proof === undefined ? null : await readProof(deps, input.proof);
  if (!claims) throw new AppError("INVALID_TOKEN");
  // By the session alone: nobody else's attempts keep its user from this.
  const session = sql<string>`${`session ${claims.sessionKey}`}`;
  const who = { account: session, address: session };
  const { attempt, answers } = await writeSignInAttempt(ctx, who, (q, attempt) => {
    const found = selectSessionUser(q, claims, attempt.at);
    const admitted = input.adminOnly ? selectSessionUser(q, claims, attempt.at, isAdmin) : found;
    return { recorded: recordSignInAttempt(q, attempt, exists(admitted)), found };
  });
  const [user] = answers.found;
  if (!user) throw new AppError("INVALID_TOKEN");
  if (input.adminOnly && user.role !== "admin") throw new AppError("ACCESS_DENIED");

  const { right } = await checkPassword(deps, input.current, user.passwordHash);
  const { at } = attempt;
  const entry = { at, actor: user.id, target: user.id, detail: { address: input.address } };
  if (!right) {
    await deps.db.write((q) => ({
      marked: markSignInAttemptWrong(q, attempt),
      audit: recordAudit(ctx, q, { ...entry, action: "password.refuse" }),
    }));
    throw new AppError("WRONG_PASSWORD");
  }
  try {
    checkNewPassword(ctx.locale, input.field, input.next, [user.username, user.email]);
  } catch (error) {
    await deps.db.write((q) => ({ forgotten: forgetSignInAttempt(q, attempt) }));
    throw error;
  }
  const hash = await hashPassword(deps, input.next);
  await deps.db.write((q) => {
    const change = q
      .update(users)
      .set({
        // Writes NULL, which the column refuses, where another change of the password came first.
        passwordHash: sql`CASE WHEN ${users.tokenVersion} = ${user.tokenVersion} THEN ${hash} END`,
        tokenVersion: sql`${users.tokenVersion} + 1`,
      })
      .where(eq(users.id, user.id));
    return {
      changed: audited(ctx, q, change, { ...entry, action: "password.change" }),
      signedOut: q.delete(sessions).where(eq(sessions.userId, user.id)),
      forgotten: forgetSignInAttempt(q, attempt),
    };
  }, changedMeanwhile);
}

const isAdmin = eq(users.role, "admin");

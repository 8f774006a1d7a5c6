import type { Config } from "../core/env.ts";
import { AppError, type FieldIssue } from "../core/errors.ts";
import { lookOf, mixesWritings } from "../kit/lookalikes.ts";
import { message, type Locale, type MessageKey } from "../core/locale/locale.ts";

/** In characters after NFKC, not in UTF-16 units. Most Chinese names have two. */
const SHORTEST = 2;
const LONGEST = 50;
/** Words with single spaces between them. */
const USERNAME = /^[\p{L}\p{M}\p{N}._-]+(?: [\p{L}\p{M}\p{N}._-]+)*$/u;
/** Marks and fillers that nobody sees. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/** The form in which user names and mail addresses are compared. */
export const accountKey = (name: string) => name.trim().normalize("NFKC").toLowerCase();

/** The form in which user names are compared by what they look like. */
export const lookKey = (name: string) => lookOf(name.trim().normalize("NFKC"));

/** Whether what somebody signs in with is a mail address: no user name has an `@`. */
export const isMail = (key: string) => key.includes("@");

/** @throws AppError VALIDATION_ERROR. @returns the name as it is kept */
export function checkUsername(locale: Locale, username: string): string {
  const name = username.trim().normalize("NFKC");
  const length = Array.from(name).length;
  const isName = USERNAME.test(name) && !INVISIBLE.test(name) && length >= SHORTEST && length <= LONGEST;
  if (!isName) throw fieldFault(locale, "username", "username.characters");
  if (name.split(/[ ._-]/).some(mixesWritings)) throw fieldFault(locale, "username", "username.writings");
  return name;
}

/** Refuses a password that is one of the account's own names. @throws AppError VALIDATION_ERROR. */
export function checkNewPassword(locale: Locale, field: string, password: string, names: string[]): void {
  const key = accountKey(password);
  if (names.some((name) => accountKey(name) === key)) throw fieldFault(locale, field, "password.name");
}

/**
 * Refuses the names of the first administrator to everybody else, whether that account exists yet or not.
 * @throws AppError USERNAME_EXISTS, USERNAME_LOOKS_TAKEN or EMAIL_EXISTS.
 */
export function checkUnreserved(config: Config, names: { username?: string; email?: string }): void {
  const { username, email } = names;
  if (username !== undefined && accountKey(username) === accountKey(config.ADMIN_USERNAME)) {
    throw new AppError("USERNAME_EXISTS");
  }
  if (username !== undefined && lookKey(username) === lookKey(config.ADMIN_USERNAME)) {
    throw new AppError("USERNAME_LOOKS_TAKEN");
  }
  if (email !== undefined && accountKey(email) === accountKey(config.ADMIN_EMAIL)) {
    throw new AppError("EMAIL_EXISTS");
  }
}

function fieldFault(locale: Locale, field: string, key: MessageKey): AppError {
  const problem = message(locale, key);
  const issue: FieldIssue = { where: "body", path: [field], message: problem, type: "value_error" };
  return new AppError("VALIDATION_ERROR", { field, problem }, { issues: [issue] });
}

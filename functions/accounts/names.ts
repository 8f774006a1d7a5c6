import type { Config } from "../core/env.ts";
import { AppError, type FieldIssue } from "../core/errors.ts";
import { message, type Locale, type MessageKey } from "../core/locale/locale.ts";

/** After NFKC; the length is counted in characters, not in UTF-16 units. */
const USERNAME = /^[\p{L}\p{M}\p{N}._-]{3,50}$/u;

/** The form in which user names and mail addresses are compared. */
export const accountKey = (name: string) => name.trim().normalize("NFKC").toLowerCase();

/** Whether what somebody signs in with is a mail address: no user name has an `@`. */
export const isMail = (key: string) => key.includes("@");

/** @throws AppError VALIDATION_ERROR. @returns the name as it is kept */
export function checkUsername(locale: Locale, username: string): string {
  const name = username.trim().normalize("NFKC");
  if (!USERNAME.test(name)) throw fieldFault(locale, "username", "username.characters");
  return name;
}

/** Refuses a password that is one of the account's own names. @throws AppError VALIDATION_ERROR. */
export function checkNewPassword(locale: Locale, field: string, password: string, names: string[]): void {
  const key = accountKey(password);
  if (names.some((name) => accountKey(name) === key)) throw fieldFault(locale, field, "password.name");
}

/** The first administrator's names are nobody else's, made or not. @throws AppError USERNAME_EXISTS or EMAIL_EXISTS. */
export function checkUnreserved(config: Config, names: { username?: string; email?: string }): void {
  const { username, email } = names;
  if (username !== undefined && accountKey(username) === accountKey(config.ADMIN_USERNAME)) {
    throw new AppError("USERNAME_EXISTS");
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

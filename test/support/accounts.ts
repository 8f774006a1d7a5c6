import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { hashPassword } from "../../functions/accounts/sign-in/passwords.ts";
import { issueToken } from "../../functions/accounts/sign-in/tokens.ts";
import type { Deps } from "../../functions/core/deps.ts";
import { newId } from "../../functions/kit/ids.ts";
import { execute } from "./behind.ts";
import type { Answer, RequestOptions, TestStack } from "./stack.ts";

/** The password of every account that `newAccount` makes. */
export const PASSWORD = "a long enough pass phrase";

export type Account = {
  id: string;
  username: string;
  email: string;
  role: "user" | "admin";
  /** Of a session that runs an hour. */
  token: string;
};

export const newName = () => `u-${randomBytes(6).toString("hex")}`;
/** An address that no other test has tried passwords from. */
export const fromAnywhere = () => ({
  "cf-connecting-ip": `10.${[...randomBytes(3)].join(".")}`,
});
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

let passwordHash: Promise<string> | undefined;
const depsOf = (stack: TestStack) =>
  ({ config: { JWT_SECRET: stack.settings.JWT_SECRET }, clock: Date.now }) as unknown as Deps;

/** An account and a session of it, put straight into the database: no password is hashed but the first. */
export async function newAccount(
  stack: TestStack,
  role: Account["role"] = "user",
  username = newName(),
): Promise<Account> {
  if (role === "admin") await firstAdministrator(stack);
  const deps = depsOf(stack);
  passwordHash ??= hashPassword(deps, PASSWORD);
  const [id, email, now] = [newId("usr"), `${username}@example.com`, Date.now()];
  await execute(
    stack,
    `INSERT INTO users (id, username, username_key, email, email_key, full_name, password_hash, role, is_active, created_at)
     VALUES (?, ?, ?, ?, ?, '', ?, ?, 1, ?)`,
    [id, username, username.toLowerCase(), email, email.toLowerCase(), await passwordHash, role, now],
  );
  return { id, username, email, role, token: await newSession(stack, id) };
}

const ready = new Map<string, Promise<void>>();

/** The one of the settings is made only while there is no administrator: it comes before those of the tests. */
function firstAdministrator(stack: TestStack): Promise<void> {
  const made = ready.get(stack.url) ?? stack.runCron("* * * * *");
  ready.set(stack.url, made);
  return made;
}

/** The token of another session of an account whose password was never changed. */
export async function newSession(stack: TestStack, userId: string): Promise<string> {
  const { token, sessionKey, expiresAt } = await issueToken(
    depsOf(stack),
    { id: userId, tokenVersion: 0 },
    3600,
  );
  await execute(stack, "INSERT INTO sessions (id, user_id, created_at, expires_at) VALUES (?, ?, ?, ?)", [
    sessionKey,
    userId,
    Date.now(),
    expiresAt,
  ]);
  return token;
}

/** Ends an account's use without ending its sessions, as an administrator may. */
export const deactivate = (stack: TestStack, { id }: Account) =>
  execute(stack, "UPDATE users SET is_active = 0 WHERE id = ?", [id]);

export type LoginAnswer = {
  success: boolean;
  message: string;
  token: string;
  token_type: string;
  expires_in: number;
  data: {
    token: string;
    access_token: string;
    token_type: string;
    expires_in: number;
    user: { id: string; email: string; username: string; role: string };
  };
};

/** Registers through the interface. */
export const register = (stack: TestStack, json: unknown, options: RequestOptions = {}) =>
  stack.request<{ success: boolean; message: string; data: Record<string, unknown> }>("/api/auth/register", {
    json,
    ...options,
  });

/** Expects the accounts' own form of an error. */
export function expectRefusal(answer: Answer<unknown>, status: number, code: string): void {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.body).toEqual({
    success: false,
    message: expect.stringMatching(/./),
    data: null,
    error_code: code,
    details: expect.any(Object),
  });
}

/** Signs in through the interface, by whatever fields `json` has. */
export const login = (stack: TestStack, json: unknown, options: RequestOptions = {}) =>
  stack.request<LoginAnswer>("/api/auth/login", { json, headers: fromAnywhere(), ...options });

/** Whether a token still signs somebody in. */
export async function isSignedIn(stack: TestStack, token: string): Promise<boolean> {
  const { body } = await stack.request<{ data: { is_logged_in: boolean } }>("/api/auth/me", {
    headers: bearer(token),
  });
  return body.data.is_logged_in;
}

import { expect } from "vitest";
import { bearer, newAccount, type Account } from "../support/accounts.ts";
import { execute } from "../support/behind.ts";
import { sharedStack, type Answer, type RequestOptions } from "../support/stack.ts";

export const stack = sharedStack();

export type Task = {
  id: string;
  user_id: string;
  title: string;
  status: string;
  progress: number;
  cost: number;
  task_type: string;
  created_at: string;
  outputs: { file_name: string; size: number; sha256: string; download_url: string }[];
};
export type Success<T> = { success: true; message: string; data: T; error_code: null };
export type Page<T> = { items: T[]; total: number; page: number; page_size: number; total_pages: number };

/** Gives a user money. @param amount hundredths */
export async function recharge({ id }: Account, amount: number): Promise<void> {
  await execute(
    stack,
    `INSERT INTO ledger (user_id, kind, amount, key, reference, description, actor, created_at)
     VALUES (?, 'adjustment', ?, ?, '', '', 'test', 0)`,
    [id, amount, `test:${id}:${Math.random()}`],
  );
}

/** The tasks as somebody signed in uses them, with 100.00 to spend if nobody says otherwise. */
export async function newClient(role: Account["role"] = "user", amount = 10_000) {
  const account = await newAccount(stack, role);
  await recharge(account, amount);
  return clientOf(account);
}

export function clientOf(account: Account) {
  const send = <T = unknown>(path: string, options: RequestOptions = {}) =>
    stack.request<T>(path, { ...options, headers: { ...bearer(account.token), ...options.headers } });
  const done = <T>(answer: Answer<Success<T>>): T => {
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toEqual({
      success: true,
      message: expect.stringMatching(/./),
      data: answer.body.data,
      error_code: null,
    });
    return answer.body.data;
  };
  return {
    account,
    /** The answer as it is. */
    send,
    get: async <T = Task>(path: string) => done(await send<Success<T>>(path)),
    create: async (fields: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
      done(
        await send<Success<Task>>("/api/tasks", {
          json: { title: "任务", task_type: "test", ...fields },
          headers,
        }),
      ),
    post: async (path: string) => done(await send<Success<Task>>(path, { method: "POST" })),
    list: async (query = "") => done(await send<Success<Page<Task>>>(`/api/tasks${query}`)),
    balance: async () =>
      done(await send<Success<{ balance: number }>>("/api/users/me").then(withoutErrorCode)).balance,
  };
}

/** The accounts' answers have no error code. */
const withoutErrorCode = <T>(answer: Answer<Success<T>>): Answer<Success<T>> => ({
  ...answer,
  body: { ...answer.body, error_code: null },
});

/** Expects the form of an error that tasks and servers have. */
export function expectRefusal(
  answer: Answer<unknown>,
  status: number,
  code: string,
  details: unknown = {},
): void {
  expect({ status: answer.status, body: answer.body }, answer.text).toEqual({
    status,
    body: { success: false, message: expect.stringMatching(/./), error_code: code, details },
  });
}

import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { bearer, newAccount, type Account } from "../support/accounts.ts";
import { sharedStack, type Answer, type RequestOptions } from "../support/stack.ts";

export const stack = sharedStack();

export type AppWare = {
  id: number;
  name: string;
  remark: string | null;
  sort_order: number;
  status: number;
  is_active: boolean;
  view_count: number;
  created_at: string;
  updated_at: string;
  is_deleted: boolean;
  version: number;
  software_akey: string | null;
};

export type AppWarePage = { data: AppWare[]; count: number };
export type Refusal = { detail: string | { loc: (string | number)[]; msg: string; type: string }[] };

export const newTitle = (text = "应用") => `${text} ${randomUUID()}`;

/** The catalogue as somebody signed in uses it. */
export async function newClient(role: Account["role"] = "user") {
  return clientOf(await newAccount(stack, role));
}

export type Client = ReturnType<typeof clientOf>;

export function clientOf(account: Account) {
  const send = <T>(path: string, options: RequestOptions = {}) =>
    stack.request<T>(`/api/v1/appwares${path}`, {
      ...options,
      headers: { ...bearer(account.token), ...options.headers },
    });
  const done = <T>(answer: Answer<T>): T => {
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  };
  return {
    account,
    /** The answer as it is. */
    send,
    get: async <T = AppWarePage>(path: string) => done(await send<T>(path)),
    create: async (fields: Record<string, unknown> = {}) =>
      done(await send<AppWare>("/", { json: { name: newTitle(), ...fields } })),
    update: async (id: number, json: unknown) => done(await send<AppWare>(`/${id}`, { method: "PUT", json })),
    remove: async (id: number) => done(await send<{ message: string }>(`/${id}`, { method: "DELETE" })),
  };
}

export function expectRefusal(answer: Answer<unknown>, status: number, detail: Refusal["detail"]) {
  expect({ status: answer.status, body: answer.body }).toEqual({ status, body: { detail } });
}

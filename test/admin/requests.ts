import { expect } from "vitest";
import { bearer, type Account } from "../support/accounts.ts";
import type { Answer, TestStack } from "../support/stack.ts";

/** The answer of the administration. */
export type Data<T> = { success: boolean; message: string; data: T; error_code: string | null };
export type Page<T> = { items: T[]; total: number; page: number; page_size: number; total_pages: number };
export type User = { id: string; role: string; is_active: boolean; balance: number; username: string };
export type Entry = {
  id: number;
  timestamp: string;
  level: string;
  message: string;
  request_id: string | null;
  details: Record<string, unknown>;
};

const codes: Record<number, string> = {
  401: "INVALID_CREDENTIALS",
  403: "ACCESS_DENIED",
  404: "RESOURCE_NOT_FOUND",
  422: "VALIDATION_ERROR",
};

/** Expects the form of the administration's errors. */
export function expectComputeError(answer: Answer<unknown>, status: number, code = codes[status]): void {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.body).toEqual({
    success: false,
    message: expect.stringMatching(/./),
    error_code: code,
    details: expect.any(Object),
  });
}

/** Expects a refusal that names exactly these fields. */
export function expectFieldErrors(answer: Answer<unknown>, ...fields: string[]): void {
  expectComputeError(answer, 422);
  const { details } = answer.body as { details: { field_errors: Record<string, string[]> } };
  expect(Object.keys(details.field_errors).toSorted(), answer.text).toEqual(fields.toSorted());
}

/** Asks as an account. */
export function asking(stackOf: () => TestStack, accountOf: () => Account) {
  const headers = () => bearer(accountOf().token);
  return {
    get: <T>(path: string) => stackOf().request<Data<T>>(path, { headers: headers() }),
    post: <T>(path: string, json: unknown) => stackOf().request<Data<T>>(path, { json, headers: headers() }),
    put: <T>(path: string, json: unknown) =>
      stackOf().request<Data<T>>(path, { method: "PUT", json, headers: headers() }),
  };
}

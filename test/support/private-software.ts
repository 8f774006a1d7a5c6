import { expect } from "vitest";
import { newBytes, newSoftware, publish } from "./publish.ts";
import type { TestStack } from "./stack.ts";

export type ApiKey = { id: string; key: string; scopes: string[]; software: string[] | null };

/** Says who may see software, as its publisher does. */
export const setVisibility = (stack: TestStack, software: string, visibility: string, headers = {}) =>
  stack.request<{ software: string; akey: string; visibility: string }>(`/api/v1/software/${software}`, {
    method: "PUT",
    json: { visibility },
    ...(Object.keys(headers).length > 0 ? { headers } : { asPublisher: true }),
  });

/** Private software with one package, 2.0.0 for windows x64. */
export async function privateTitle(stack: TestStack) {
  const [software, bytes] = [newSoftware(), newBytes()];
  const made = await setVisibility(stack, software, "private");
  expect(made.status, made.text).toBe(200);
  const { download_url: path, package_id: id } = await publish(stack, { software, version: "2.0.0" }, bytes);
  return { software, akey: made.body.akey, bytes, path, id };
}

/** An API key, for the scopes and, where they are named, some software. */
export async function newKey(stack: TestStack, scopes: string[], more: object = {}): Promise<ApiKey> {
  const json = { name: newSoftware(), scopes, ...more };
  const answer = await stack.request<ApiKey>("/api/v1/api-keys", { json, asPublisher: true });
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

export const endKey = (stack: TestStack, { id }: ApiKey) =>
  stack.request(`/api/v1/api-keys/${id}`, { method: "DELETE", asPublisher: true });

export const checkPath = (software: string, more: Record<string, string> = {}) =>
  `/api/v1/version/check?${new URLSearchParams({ software, current_version: "1.0.0", ...more })}`;

/** A path with one more parameter of its query. */
export const withQuery = (path: string, name: string, value: string) =>
  `${path}${path.includes("?") ? "&" : "?"}${name}=${encodeURIComponent(value)}`;

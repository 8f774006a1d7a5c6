import { expect } from "vitest";
import { bearer, newAccount } from "../support/accounts.ts";
import type { CreatedUpload } from "../support/publish.ts";
import { sharedStack, type Answer, type RequestOptions, type TestStack } from "../support/stack.ts";
import { archive, newKey, newName } from "./archives.ts";

export const stack = sharedStack();

export type Plugin = {
  name: string;
  display_name: string;
  current_version: string;
  is_enabled: boolean;
  is_deprecated: boolean;
  created_at: string;
  updated_at: string;
  total_download_count: number;
};

export type Version = {
  plugin_name: string;
  version: string;
  file_name: string;
  file_path: string;
  file_size: number;
  file_hash: string;
  is_deprecated: boolean;
  download_count: number;
};

export type Result<T> = { success: boolean; message: string; data: T };

export const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export const chinese = { "accept-language": "zh-CN" };

export function pluginForm(
  key: string | undefined,
  bytes: Uint8Array<ArrayBuffer>,
  fileName = "myplugin.zip",
): FormData {
  const form = new FormData();
  if (key !== undefined) form.append("plugin_key", key);
  form.append("file", new Blob([bytes], { type: "application/zip" }), fileName);
  return form;
}

/** Sends a form upload; refusals are for the caller to look at. */
export const sendForm = (form: FormData, on: TestStack = stack, headers: Record<string, string> = {}) =>
  on.request<Result<Plugin>>("/api/plugins/upload", { method: "POST", body: form, headers });

/** Publishes a version by form and expects it to be taken. */
export async function publish(
  key: string,
  manifest: Record<string, unknown>,
  on: TestStack = stack,
): Promise<Plugin> {
  return dataOf(await sendForm(pluginForm(key, await archive(manifest)), on));
}

/** A new plugin with these versions, published in this order. */
export async function newPlugin(versions: readonly string[] = ["1.0.0"], on: TestStack = stack) {
  const [name, key] = [newName(), newKey()];
  for (const version of versions) await publish(key, { name, version }, on);
  return { name, key };
}

/** A POST of JSON; refusals are for the caller to look at. */
export const post = <T = unknown>(verb: string, json: unknown, options: RequestOptions = {}) =>
  stack.request<Result<T>>(`/api/plugins/${verb}`, { json, ...options });

let admin: Promise<Record<string, string>> | undefined;
const adminHeaders = async () => bearer((await newAccount(stack, "admin")).token);

/** The same as an administrator. */
export async function asAdmin<T = unknown>(
  verb: string,
  json: unknown,
  headers: Record<string, string> = {},
) {
  return post<T>(verb, json, { headers: { ...(await (admin ??= adminHeaders())), ...headers } });
}

export function dataOf<T>(answer: Answer<Result<T>>): T {
  expect(answer.status, answer.text).toBe(200);
  return answer.body.data;
}

export const detail = async (name: string) =>
  dataOf(await post<{ plugin: Plugin; versions: Version[] }>("detail", { name }));

export const currentVersion = async (name: string) => (await detail(name)).plugin.current_version;

/** Checks a refusal: its status, in the form that plugins have and nothing else. */
export function expectRefusal(answer: Answer<unknown>, status: number, text: RegExp = /\S/): void {
  expect({ status: answer.status, body: answer.body ?? answer.text }).toEqual({
    status,
    body: { success: false, message: expect.stringMatching(text), data: null },
  });
}

/** Begins a signed upload of a plugin, as somebody who has nothing but a plugin key. */
export const beginSigned = (json: Record<string, unknown>) =>
  stack.request<CreatedUpload>("/api/v1/uploads", { json: { kind: "plugin", ...json } });

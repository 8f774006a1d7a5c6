import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { fromAnywhere } from "../support/accounts.ts";
import { newBytes } from "../support/publish.ts";
import type { Answer, RequestOptions, TestStack } from "../support/stack.ts";

export type Backup = {
  id: number;
  user_key: string;
  backup_type: string;
  plugin_name: string;
  file_name: string;
  file_path: string;
  file_size: number;
  file_hash: string;
  description: string;
  created_at: string;
};
export type Result<T> = { success: boolean; message: string; data: T };
export type BackupList = { total: number; backups: Backup[] };

/** A user key that no other test uses. */
export const newUserKey = () => `key_${randomBytes(8).toString("hex")}`;

/** A backup as a form. */
export function backupForm(
  fields: Record<string, string | undefined>,
  bytes: Uint8Array<ArrayBuffer> = newBytes(),
  fileName = "my data.zip",
): FormData {
  const form = new FormData();
  form.append("file", new Blob([bytes], { type: "application/zip" }), fileName);
  for (const [name, value] of Object.entries({ backup_type: "program", ...fields })) {
    if (value !== undefined) form.append(name, value);
  }
  return form;
}

/** Sends a form from an address of its own; refusals are for the caller to look at. */
export function sendBackup(stack: TestStack, form: FormData, options: RequestOptions = {}) {
  const headers = { ...fromAnywhere(), ...options.headers };
  return stack.request<Result<Backup>>("/api/backups/upload", { method: "POST", body: form, headers });
}

/** Uploads by form and expects it to be kept. */
export async function keep(
  stack: TestStack,
  fields: Record<string, string | undefined>,
  bytes?: Uint8Array<ArrayBuffer>,
  fileName?: string,
): Promise<Backup> {
  const answer = await sendBackup(stack, backupForm(fields, bytes, fileName));
  expect(answer.status, answer.text).toBe(200);
  return answer.body.data;
}

/** The backups of a key. */
export async function backupsOf(stack: TestStack, user_key: string): Promise<Backup[]> {
  const answer = await stack.request<Result<BackupList>>("/api/backups/list", { json: { user_key } });
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body.data.total).toBe(answer.body.data.backups.length);
  return answer.body.data.backups;
}

/** Checks a refusal: its status, in the form that backups have and nothing else. */
export function expectRefusal(answer: Answer<unknown>, status: number, text: RegExp = /\S/): void {
  expect({ status: answer.status, body: answer.body ?? answer.text }).toEqual({
    status,
    body: { success: false, message: expect.stringMatching(text), data: null },
  });
  expect(answer.text).not.toMatch(/[{]\w+[}]/);
}

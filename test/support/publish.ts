import { createHash, randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "vitest";
import { putObject } from "./behind.ts";
import type { Answer, RequestOptions, TestStack } from "./stack.ts";

/** A package to publish by form; what is not named gets their defaults. */
export type PackageFields = {
  version: string;
  package_type?: "full" | "patch" | "hotfix";
  software?: string;
  platform?: string;
  arch?: string;
  from_version?: string;
  is_stable?: boolean;
  is_critical?: boolean;
  is_watershed?: boolean;
  min_update_from?: string;
  channel?: string;
  description?: string;
};

/** The answer to a package's upload. */
export type Published = {
  message: string;
  package_id: number;
  version: string;
  package_type: string;
  file_size: number;
  sha256: string;
  download_url: string;
};

export type SignedPart = { part_number: number; size: number; url: string; headers: Record<string, string> };

export type CreatedUpload = {
  upload_id: string;
  upload_token: string;
  state: string;
  method: "single" | "multipart";
  part_size: number;
  part_count: number;
  parts: SignedPart[];
  expires_at: string;
};

export type UploadStatus = {
  state: string;
  bytes_verified: number;
  size: number;
  error?: string;
  result?: Published;
};

export type ListedPackage = {
  id: number;
  version: string;
  package_type: string;
  package_name: string;
  download_url: string;
  download_count: number;
  yanked: boolean;
  is_watershed: boolean;
  min_update_from: string | null;
};

/** A software title that no other test uses. */
export const newSoftware = () => `t-${randomBytes(6).toString("hex")}`;

/** Bytes that no other test uploads. */
export const newBytes = (size = 1000) => new Uint8Array(randomBytes(size));

export const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Checks a refusal: its status and code, in the form that packages have and nothing else. */
export function expectProblem(answer: Answer<unknown>, status: number, code: string): void {
  expect({ status: answer.status, body: answer.body ?? answer.text }).toEqual({
    status,
    body: {
      detail: expect.stringMatching(/\S/),
      error_code: code,
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
    },
  });
}

/** A package as a form. */
export function packageForm(
  fields: Record<string, string | boolean | undefined>,
  bytes: Uint8Array<ArrayBuffer> = newBytes(),
  fileName = "build.zip",
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) form.append(name, String(value));
  }
  form.append("file", new Blob([bytes], { type: "application/zip" }), fileName);
  return form;
}

/** Sends a form upload; refusals are for the caller to look at. */
export function sendForm(stack: TestStack, form: FormData, options: RequestOptions = {}) {
  return stack.request<Published>("/api/v1/upload/package", { ...options, method: "POST", body: form });
}

/** Publishes by form and expects it to succeed. */
export async function publish(
  stack: TestStack,
  fields: PackageFields,
  bytes: Uint8Array<ArrayBuffer> = newBytes(),
): Promise<Published> {
  const form = packageForm({ package_type: "full", ...fields }, bytes);
  const answer = await sendForm(stack, form, { asPublisher: true });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

/** The body that begins a signed upload of `bytes`. */
export function uploadBody(
  bytes: Uint8Array,
  fields: PackageFields,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  const packageFields = { package_type: "full", ...fields };
  const described = { filename: "build.zip", size: bytes.length, sha256: sha256Of(bytes) };
  return { kind: "package", ...described, package: packageFields, ...more };
}

/** Begins a signed upload; refusals are for the caller to look at. */
export function createUpload(stack: TestStack, json: unknown, headers: Record<string, string> = {}) {
  return stack.request<CreatedUpload>("/api/v1/uploads", { json, headers, asPublisher: true });
}

/** Begins a signed upload of `bytes` and expects it to be let in. */
export async function beginUpload(
  stack: TestStack,
  bytes: Uint8Array,
  fields: PackageFields,
  more: Record<string, unknown> = {},
): Promise<CreatedUpload> {
  const answer = await createUpload(stack, uploadBody(bytes, fields, more));
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

/** PUTs one part as its signature says; `bytes` are the whole file's. */
export async function putPart(upload: CreatedUpload, part: SignedPart, bytes: Uint8Array<ArrayBuffer>) {
  const start = (part.part_number - 1) * upload.part_size;
  const body = bytes.subarray(start, start + part.size);
  const response = await fetch(part.url, { method: "PUT", headers: part.headers, body });
  await response.arrayBuffer();
  return { status: response.status, part_number: part.part_number, etag: response.headers.get("etag") ?? "" };
}

/** PUTs all parts and expects the bucket to take them. */
export async function putAll(upload: CreatedUpload, bytes: Uint8Array<ArrayBuffer>) {
  const parts: { part_number: number; etag: string }[] = [];
  for (const part of upload.parts) {
    const { status, part_number, etag } = await putPart(upload, part, bytes);
    expect(status).toBe(200);
    parts.push({ part_number, etag });
  }
  return parts;
}

/** Puts other bytes where an upload's one PUT would, past the checksum that its URL has the bucket check. */
export async function putWrong(stack: TestStack, upload: CreatedUpload, bytes: Uint8Array<ArrayBuffer>) {
  for (const part of upload.parts) expect((await putPart(upload, part, bytes)).status).toBe(400);
  await putObject(stack, `staging/${upload.upload_id}`, bytes);
}

/** A request about one upload, with its own token. */
export function ofUpload<T = UploadStatus>(
  stack: TestStack,
  upload: Pick<CreatedUpload, "upload_id" | "upload_token">,
  action: "" | "/complete" | "/parts" = "",
  options: RequestOptions = {},
) {
  const headers = { authorization: `Bearer ${upload.upload_token}`, ...options.headers };
  return stack.request<T>(`/api/v1/uploads/${upload.upload_id}${action}`, { ...options, headers });
}

export const complete = (stack: TestStack, upload: CreatedUpload, json: unknown = {}) =>
  ofUpload(stack, upload, "/complete", { json });

/** Asks until an upload is neither pending nor being verified. */
export async function untilSettled(stack: TestStack, upload: CreatedUpload): Promise<UploadStatus> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const { body } = await ofUpload(stack, upload);
    if (!["pending", "verifying"].includes(body.state)) return body;
    if (Date.now() > deadline) throw new Error(`the upload is still ${body.state}`);
    await delay(50);
  }
}

/** Publishes by a signed upload and expects it to succeed. */
export async function publishSigned(
  stack: TestStack,
  fields: PackageFields,
  bytes: Uint8Array<ArrayBuffer> = newBytes(),
): Promise<Published> {
  const upload = await beginUpload(stack, bytes, fields);
  const parts = await putAll(upload, bytes);
  const answer = await complete(stack, upload, upload.method === "multipart" ? { parts } : {});
  expect([200, 202], answer.text).toContain(answer.status);
  const { result } = await untilSettled(stack, upload);
  if (!result) throw new Error("the upload was not published");
  return result;
}

/** The packages of a title on windows x64, newest first. */
export async function listed(stack: TestStack, software: string): Promise<ListedPackage[]> {
  const answer = await stack.request<ListedPackage[]>(`/api/v1/packages?software=${software}&limit=1000`);
  expect(answer.status).toBe(200);
  return answer.body;
}

/** Fetches a download path, following its redirect. */
export async function fetchBytes(stack: TestStack, path: string): Promise<Uint8Array> {
  const response = await fetch(new URL(path, stack.url));
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

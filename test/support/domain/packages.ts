import { createHash, randomBytes } from "node:crypto";
import type { Ctx } from "../../../functions/core/context.ts";
import type { UploadedPart } from "../../../functions/storage/storage.ts";
import { completeUpload } from "../../../functions/uploads/complete-upload.ts";
import { signParts } from "../../../functions/uploads/sign-parts.ts";
import { createUpload } from "../../../functions/uploads/create-upload.ts";
import type { NewUpload, Upload } from "../../../functions/uploads/uploads.ts";
import type { Domain } from "../domain.ts";

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
export const content = (size: number) => new Uint8Array(randomBytes(size));

/** What a publisher declares of a package with these bytes. */
export function declaration(bytes: Uint8Array, fields: Record<string, unknown> = {}): NewUpload {
  return {
    kind: "package",
    fields: { version: "1.0.0", package_type: "full", ...fields },
    fileName: "build.zip",
    size: bytes.length,
    sha256: sha256(bytes),
  };
}

/** PUTs bytes to an upload's signed URLs, as a client does. @returns the parts for `complete` */
export async function sendParts(ctx: Ctx, upload: Upload, bytes: Uint8Array): Promise<UploadedPart[]> {
  const numbers = Array.from({ length: upload.partCount }, (_, index) => index + 1);
  const parts = await signParts(ctx, upload, numbers);
  return Promise.all(
    parts.map(async ({ part_number: partNumber, size, url, headers }) => {
      const start = (partNumber - 1) * upload.partSize;
      const body = new Uint8Array(bytes.subarray(start, start + size));
      const answer = await fetch(url, { method: "PUT", headers, body });
      if (!answer.ok) throw new Error(`part ${partNumber}: ${answer.status} ${await answer.text()}`);
      return { partNumber, etag: answer.headers.get("etag") ?? "" };
    }),
  );
}

/** An upload whose bytes are in the bucket and not yet completed. */
export async function sentUpload(domain: Domain, bytes: Uint8Array, fields: Record<string, unknown> = {}) {
  const upload = await createUpload(domain.ctx, declaration(bytes, fields));
  return { upload, parts: await sendParts(domain.ctx, upload, bytes) };
}

/** An upload that was completed while the bucket could not be read: nothing of it is verified yet. */
export async function acceptedUpload(domain: Domain, bytes: Uint8Array, fields?: Record<string, unknown>) {
  const { upload, parts } = await sentUpload(domain, bytes, fields);
  const get = () => Promise.reject(new Error("the bucket cannot be read"));
  const blind = domain.isolate({ storage: { ...domain.deps.storage, get } });
  await completeUpload(blind, upload.id, parts).catch(() => undefined);
  await domain.settle();
  return upload;
}

/** Publishes a package by the signed road and waits until it is visible. @returns the surface's answer */
export async function publishPackage(
  domain: Domain,
  fields: Record<string, unknown> = {},
  bytes = content(1000),
): Promise<Record<string, unknown>> {
  const { upload, parts } = await sentUpload(domain, bytes, fields);
  const first = await completeUpload(domain.ctx, upload.id, parts);
  await domain.settle();
  const { result } = first.result ? first : await completeUpload(domain.ctx, upload.id, parts);
  if (!result) throw new Error(`the upload is ${first.state}`);
  return result;
}

/** An upload's row. */
export async function uploadRow(domain: Domain, id: string) {
  const [row] = await domain.rows<{
    state: string;
    bytes_verified: number;
    error_code: string | null;
    reserved_bytes: number;
  }>({ sql: "SELECT * FROM uploads WHERE id = ?", args: [id] });
  return row;
}

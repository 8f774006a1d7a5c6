import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { blake2b } from "@noble/hashes/blake2.js";
import { expect } from "vitest";
import {
  complete,
  createUpload,
  newBytes,
  putAll,
  sha256Of,
  untilSettled,
  uploadBody,
  type CreatedUpload,
  type PackageFields,
} from "./publish.ts";
import type { TestStack } from "./stack.ts";

/** A file of a draft, as its publisher sends it. */
export type DraftFile = { uploadId: string; upload: CreatedUpload; bytes: Uint8Array<ArrayBuffer> };

/** Sends a package into the draft of its version, and waits until it is held. */
export async function sendDraft(
  stack: TestStack,
  fields: PackageFields & Record<string, unknown>,
  { bytes = newBytes(), filename = "build.zip" }: { bytes?: Uint8Array<ArrayBuffer>; filename?: string } = {},
): Promise<DraftFile> {
  const body = uploadBody(bytes, { ...fields, draft: true } as PackageFields, { filename });
  const upload = await sendHeld(stack, body, bytes);
  return { uploadId: upload.upload_id, upload, bytes };
}

/** Sends a companion into the draft that its package waits in. */
export function sendHeldCompanion(
  stack: TestStack,
  of: DraftFile,
  role: string,
  bytes: Uint8Array<ArrayBuffer>,
) {
  return sendHeld(stack, companionBody(bytes, { upload_id: of.uploadId, role }), bytes);
}

/** The body that begins the upload of a companion. */
export const companionBody = (bytes: Uint8Array, companion: Record<string, unknown>) => ({
  kind: "companion",
  filename: "companion",
  size: bytes.length,
  sha256: sha256Of(bytes),
  companion,
});

async function sendHeld(
  stack: TestStack,
  body: unknown,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<CreatedUpload> {
  const created = await createUpload(stack, body);
  expect(created.status, created.text).toBe(201);
  const parts = await putAll(created.body, bytes);
  const sent = await complete(stack, created.body, created.body.method === "multipart" ? { parts } : {});
  expect([200, 202], sent.text).toContain(sent.status);
  expect(await untilSettled(stack, created.body)).toMatchObject({ state: "held", size: bytes.length });
  return created.body;
}

/** A release as its publisher asks for it. */
export const release = (stack: TestStack, software: string, version: string, action = "", json?: unknown) =>
  stack.request<Record<string, unknown>>(`/api/v1/releases/${software}/${version}${action}`, {
    asPublisher: true,
    ...(json !== undefined && { json }),
  });

/** A block map of these bytes in electron-builder's format, with blocks of one size. */
export function blockmapOf(bytes: Uint8Array, blockBytes = 300): Uint8Array<ArrayBuffer> {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += blockBytes) blocks.push(bytes.subarray(at, at + blockBytes));
  const sizes = blocks.map((block) => block.length);
  const checksums = blocks.map((block) => Buffer.from(blake2b(block, { dkLen: 18 })).toString("base64"));
  const files = [{ name: "file", offset: 0, checksums, sizes }];
  return new Uint8Array(gzipSync(JSON.stringify({ version: "2", files })));
}

/** What a zsync file of these bytes begins with; its blocks are of no interest to a server. */
export function zsyncOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const sha1 = createHash("sha1").update(bytes).digest("hex");
  const lines = ["zsync: 0.6.2", "Filename: build.AppImage", "Blocksize: 2048", `Length: ${bytes.length}`];
  const head = [...lines, "Hash-Lengths: 1,2,5", "URL: build.AppImage", `SHA-1: ${sha1}`, "", ""].join("\n");
  return new Uint8Array(Buffer.concat([Buffer.from(head), Buffer.alloc(64, 7)]));
}

/** A minisign signature file; which key made it, a server cannot know. */
export function minisignFile(comment = "timestamp:1"): string {
  const signature = Buffer.concat([Buffer.from("ED"), Buffer.alloc(72, 3)]).toString("base64");
  const lines = ["untrusted comment: signature", signature, `trusted comment: ${comment}`];
  return `${[...lines, Buffer.alloc(64, 4).toString("base64")].join("\n")}\n`;
}

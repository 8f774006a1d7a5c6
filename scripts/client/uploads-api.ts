import * as z from "zod/mini";
import { ask } from "./ask.ts";
import type { Call, Client } from "./client.ts";

const Part = z.object({
  part_number: z.int().check(z.positive()),
  size: z.int().check(z.nonnegative()),
  url: z.url(),
  headers: z.record(z.string(), z.string()),
  digest: z.optional(z.string()),
});
export type Part = z.infer<typeof Part>;

const State = z.enum(["pending", "verifying", "held", "ready", "rejected", "expired", "aborted"]);

const Result = z.record(z.string(), z.unknown());

const Ticket = z.object({
  upload_id: z.string(),
  upload_token: z.string(),
  state: State,
  method: z.enum(["single", "multipart"]),
  part_size: z.number().check(z.positive()),
  part_count: z.int().check(z.positive()),
  parts: z._default(z.array(Part), []),
  result: z.nullish(Result),
});
export type Ticket = z.infer<typeof Ticket>;

const Progress = z.object({
  state: State,
  bytes_verified: z.nullish(z.number()),
  size: z.nullish(z.number()),
  error: z.optional(z.unknown()),
  message: z.optional(z.string()),
  result: z.nullish(Result),
});
export type Progress = z.infer<typeof Progress>;

const id = encodeURIComponent;

/** Begins an upload. Some kinds need the API key, others bring a key among their fields instead. */
export function createUpload(
  client: Client,
  body: unknown,
  idempotencyKey: string,
  key: Call["key"] = "required",
): Promise<Ticket> {
  const headers = { "idempotency-key": idempotencyKey };
  return ask(client, Ticket, "POST", "/api/v1/uploads", { key, headers, json: body });
}

/** Without a token, a cookie signs in. */
type Upload = { upload_id: string; upload_token?: string };

/** Fresh signed URLs for at most 100 parts. */
export async function freshParts(client: Client, upload: Upload, numbers: number[]): Promise<Part[]> {
  const path = `/api/v1/uploads/${id(upload.upload_id)}/parts`;
  const json = { part_numbers: numbers };
  return (
    await ask(client, z.object({ parts: z.array(Part) }), "POST", path, { token: upload.upload_token, json })
  ).parts;
}

export type SentPart = { part_number: number; etag: string; sha256?: string | undefined };

export function completeUpload(
  client: Client,
  upload: Upload,
  sent: { parts: SentPart[] | undefined; sha256?: string },
): Promise<Progress> {
  const path = `/api/v1/uploads/${id(upload.upload_id)}/complete`;
  return ask(client, Progress, "POST", path, { token: upload.upload_token, json: sent });
}

export function getUpload(client: Client, upload: Upload): Promise<Progress> {
  return ask(client, Progress, "GET", `/api/v1/uploads/${id(upload.upload_id)}`, {
    token: upload.upload_token,
  });
}

export async function abortUpload(client: Client, upload: Upload): Promise<void> {
  await client.call("DELETE", `/api/v1/uploads/${id(upload.upload_id)}`, { token: upload.upload_token });
}

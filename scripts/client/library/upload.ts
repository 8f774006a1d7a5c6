import type { Client } from "../client.ts";
import { ClientError, EXIT } from "../errors.ts";
import { createPartSource } from "../part-source.ts";
import { missingParts, partList } from "../parts.ts";
import { transferParts } from "../transfer.ts";
import { completeUpload, createUpload, getUpload } from "../uploads-api.ts";
import type { Part, Progress } from "../uploads-api.ts";
import { untilVerified } from "../verification.ts";
import { sha256Of } from "./sha256.ts";
import type { SlipwayResult, SlipwayUpload, SlipwayUploadOptions, SlipwayUploadRecord } from "./types.ts";

/** Longer than for other calls: once bytes have been sent, it is worth waiting until a server has restarted. */
const PATIENCE_MS = 90_000;
const JOBS = 4;

export type Work = {
  client: Client;
  signal: AbortSignal;
  signsInByCookie: boolean;
  content: Blob;
  options: SlipwayUploadOptions;
};

/** Begins an upload of the content, hashed before unless that is done meanwhile, and finishes it. */
export async function startUpload(work: Work, upload: SlipwayUpload): Promise<SlipwayResult> {
  const { client, content, signal, options } = work;
  const { size } = content;
  const hashNow = () => sha256Of(content, signal, (bytes) => tell(work, "hashing", bytes));
  const sha256 = options.sha256 ? undefined : await hashNow();
  const key = crypto.randomUUID();
  // Uploads of some kinds bring a key among their fields instead of the API key.
  const ticket = await createUpload(client, { ...upload, size, sha256 }, key, "if-set");
  const { upload_id, upload_token, method, part_size, part_count, parts, result } = ticket;
  if (ticket.state === "ready" && result) return result;
  const token = work.signsInByCookie ? {} : { upload_token };
  const record = { upload_id, ...token, method, size, part_size, part_count, etags: {} };
  await work.options.onRecord?.(structuredClone(record));
  return finish(work, record, { state: ticket.state }, parts);
}

/**
 * Continues the upload that a record names.
 * @throws ClientError where that upload has ended, or began with other content
 */
export async function resumeUpload(work: Work, record: SlipwayUploadRecord): Promise<SlipwayResult> {
  if (work.content.size !== record.size) {
    throw new ClientError(EXIT.usage, "OTHER_CONTENT", "This is not the content that the upload began with.");
  }
  return finish(work, structuredClone(record), await getUpload(work.client, record), []);
}

async function finish(
  work: Work,
  record: SlipwayUploadRecord,
  begun: Progress,
  given: Part[],
): Promise<SlipwayResult> {
  const { signal } = work;
  const client = work.client.withPatience(PATIENCE_MS);
  let progress = begun;
  if (progress.state === "pending") {
    const sha256 = await sendAndHash(work, client, record, given);
    progress = await completeUpload(client, record, {
      parts: partList(record),
      ...(sha256 !== undefined && { sha256 }),
    });
  }
  const onVerified = (bytes: number) => tell(work, "verifying", bytes);
  const { state, result, error, message } = await untilVerified(client, record, progress, {
    signal,
    onVerified,
  });
  if (state === "ready") return result ?? {};
  if (state === "held") return { state, upload_id: record.upload_id };
  const code = state === "rejected" && typeof error === "string" ? error : "UPLOAD_OVER";
  throw new ClientError(EXIT.refused, code, message ?? `The upload is ${state}.`);
}

/** Sends what is missing, and takes the hash meanwhile where somebody is given for that. One that fails ends the other. */
async function sendAndHash(
  work: Work,
  client: Client,
  record: SlipwayUploadRecord,
  given: Part[],
): Promise<string | undefined> {
  const { content, options } = work;
  const stop = new AbortController();
  const signal = AbortSignal.any([work.signal, stop.signal]);
  const endBoth = (error: unknown) => {
    stop.abort(error);
    throw error;
  };
  const [, sha256] = await Promise.all([
    sendMissing({ ...work, signal }, client, record, given).catch(endBoth),
    options.sha256?.(content, signal).catch(endBoth),
  ]);
  return sha256;
}

async function sendMissing(
  work: Work,
  client: Client,
  record: SlipwayUploadRecord,
  given: Part[],
): Promise<void> {
  const { content, signal, options } = work;
  const waiting = missingParts(record);
  const sizeOf = (number: number) =>
    Math.min(record.part_size, record.size - (number - 1) * record.part_size);
  let sent = record.size - waiting.reduce((sum, number) => sum + sizeOf(number), 0);
  tell(work, "uploading", sent);
  await transferParts({
    path: content,
    size: record.size,
    partSize: record.part_size,
    waiting,
    source: createPartSource(client, record, given, waiting),
    jobs: options.jobs ?? JOBS,
    patienceMs: PATIENCE_MS,
    signal,
    onBytes: (bytes) => tell(work, "uploading", (sent += bytes)),
    async onPart(number, etag) {
      record.etags[number] = etag;
      await options.onRecord?.(structuredClone(record));
    },
  });
}

function tell({ content, options }: Work, phase: "hashing" | "uploading" | "verifying", bytes: number): void {
  options.onProgress?.({ phase, bytes, total: content.size });
}

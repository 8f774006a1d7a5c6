import type { Client } from "../client.ts";
import { ClientError, EXIT } from "../errors.ts";
import { createPartSource } from "../part-source.ts";
import { missingParts, partList } from "../parts.ts";
import { transferParts } from "../transfer.ts";
import { completeUpload, createUpload, getUpload } from "../uploads-api.ts";
import type { Part, Progress } from "../uploads-api.ts";
import { untilVerified } from "../verification.ts";
import { sha256Of, sha256OfPart } from "./sha256.ts";
import type { Teller } from "./teller.ts";
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
  teller: Teller;
};

/** Begins an upload of the content, hashed before unless that is done meanwhile, and finishes it. */
export async function startUpload(work: Work, upload: SlipwayUpload): Promise<SlipwayResult> {
  const { client, content, signal, options } = work;
  const { size } = content;
  const hashNow = () => sha256Of(content, signal, (bytes) => work.teller.tell("hashing", bytes));
  const sha256 = options.sha256 || options.hashesParts ? undefined : await hashNow();
  const key = crypto.randomUUID();
  // Uploads of some kinds bring a key among their fields instead of the API key.
  const ticket = await createUpload(
    client,
    { ...upload, size, sha256, part_size: options.partSize },
    key,
    "if-set",
  );
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
    progress = await complete(work, client, record, sha256);
  }
  const onVerified = (bytes: number) => work.teller.tell("verifying", bytes);
  const { state, result, error, message } = await untilVerified(client, record, progress, {
    signal,
    onVerified,
  });
  if (state === "ready") return result ?? {};
  if (state === "held") return { state, upload_id: record.upload_id };
  const code = state === "rejected" && typeof error === "string" ? error : "UPLOAD_OVER";
  throw new ClientError(EXIT.refused, code, message ?? `The upload is ${state}.`);
}

/** Completes by the hashes of the parts where these are all that is known, unless the server needs the hash of the whole. */
async function complete(
  work: Work,
  client: Client,
  record: SlipwayUploadRecord,
  sha256: string | undefined,
): Promise<Progress> {
  const send = (hash?: string) =>
    completeUpload(client, record, { parts: partList(record), ...(hash !== undefined && { sha256: hash }) });
  if (sha256 !== undefined || !work.options.hashesParts) return send(sha256);
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof ClientError) || error.code !== "MISSING_PARAMETER") throw error;
    return send(await hashWhole(work, work.signal));
  }
}

const hashWhole = ({ content, options }: Work, signal: AbortSignal): Promise<string> =>
  options.sha256?.(content, signal) ?? sha256Of(content, signal, () => undefined);

/**
 * Whether each part goes with its own hash. What was sent without, and a page that is not secure, which has no hashes of its
 * own, need that of the whole.
 */
function goesByParts(
  { options }: Work,
  { etags, digests = {} }: SlipwayUploadRecord,
  given: Part[],
): boolean {
  if (!options.hashesParts || globalThis.crypto.subtle === undefined) return false;
  const sent = Object.keys(etags);
  return sent.length > 0
    ? sent.every((number) => digests[number] !== undefined)
    : given.some(({ digest }) => digest === "sha-256");
}

/** Sends what is missing, and takes the hash meanwhile where it is needed. One that fails ends the other. */
async function sendAndHash(
  work: Work,
  client: Client,
  record: SlipwayUploadRecord,
  given: Part[],
): Promise<string | undefined> {
  const { options } = work;
  const byParts = goesByParts(work, record, given);
  const stop = new AbortController();
  const signal = AbortSignal.any([work.signal, stop.signal]);
  const endBoth = (error: unknown) => {
    stop.abort(error);
    throw error;
  };
  const isDeclared = !options.sha256 && !options.hashesParts;
  const [, sha256] = await Promise.all([
    sendMissing({ ...work, signal }, client, record, given, byParts).catch(endBoth),
    byParts || isDeclared ? undefined : hashWhole(work, signal).catch(endBoth),
  ]);
  return sha256;
}

async function sendMissing(
  work: Work,
  client: Client,
  record: SlipwayUploadRecord,
  given: Part[],
  byParts: boolean,
): Promise<void> {
  const { content, signal, options } = work;
  const waiting = missingParts(record);
  const sizeOf = (number: number) =>
    Math.min(record.part_size, record.size - (number - 1) * record.part_size);
  let sent = record.size - waiting.reduce((sum, number) => sum + sizeOf(number), 0);
  work.teller.tell("uploading", sent);
  await transferParts({
    path: content,
    size: record.size,
    partSize: record.part_size,
    waiting,
    source: createPartSource(client, record, given, waiting),
    jobs: options.jobs ?? JOBS,
    patienceMs: PATIENCE_MS,
    signal,
    ...(byParts && { digestOf: (start, size) => sha256OfPart(content.slice(start, start + size)) }),
    onBytes: (bytes) => work.teller.tell("uploading", (sent += bytes)),
    onRetry: work.teller.retry,
    async onPart(number, { etag, sha256 }) {
      record.etags[number] = etag;
      if (sha256 !== undefined) (record.digests ??= {})[number] = sha256;
      await options.onRecord?.(structuredClone(record));
    },
  });
}

import { completeUpload } from "../client/uploads-api.ts";
import type { Part, Progress } from "../client/uploads-api.ts";
import type { Client } from "../client/client.ts";
import { PATIENCE_MS } from "./context.ts";
import type { Context } from "./context.ts";
import { ClientError, EXIT } from "../client/errors.ts";
import { exitCodeOfRejection } from "./errors.ts";
import { hashBeside } from "../client/hash-beside.ts";
import { requireUnchanged } from "../client/local-file.ts";
import type { LocalFile } from "../client/local-file.ts";
import { createPartSource } from "../client/part-source.ts";
import { missingParts, partList } from "../client/parts.ts";
import type { UploadRecord, UploadState } from "./state.ts";
import { transferParts } from "../client/transfer.ts";
import { untilVerified } from "../client/verification.ts";

export type Result = Record<string, unknown>;

export type UploadOutcome =
  | { state: "ready"; result: Result; resumed: boolean; already: boolean }
  | { state: "verifying"; upload_id: string; resumed: boolean }
  | HeldUpload;

/** Verified, and published with its release. */
export type HeldUpload = {
  state: "held";
  upload_id: string;
  upload_token: string;
  resumed: boolean;
  /** Whether an earlier run has sent it. */
  already: boolean;
};

/** The upload to continue, with what is known of it. */
export type Started = {
  upload: UploadState;
  given: Part[];
  state: string;
  resumed: boolean;
  /** The upload, where the file turned out to be published already. */
  result?: Result | undefined;
};

/** Runs what sends one upload's bytes, once it is its turn. */
export type InTurn = <T>(send: () => Promise<T>) => Promise<T>;

type Work = { file: LocalFile; jobs: number; wait: boolean; inTurn?: InTurn; started: Started };

/** Takes an upload from wherever it stands to published: parts, completion, verification. Removes its record at the end. */
export async function finishUpload(
  ctx: Context,
  client: Client,
  record: UploadRecord,
  work: Work,
): Promise<UploadOutcome> {
  const { upload, resumed } = work.started;
  const already = work.started.result !== undefined || work.started.state === "held";
  let progress: Progress;
  try {
    if (work.started.result) {
      progress = { state: "ready", result: work.started.result };
    } else if (work.started.state === "held") {
      progress = { state: "held" };
    } else {
      const { inTurn = (send) => send() } = work;
      const sha256 = await inTurn(() => sendAndHash(ctx, client, record, work));
      progress = await completeUpload(client, upload, { parts: partList(upload), sha256 });
    }
    if (progress.state === "verifying" && !work.wait) {
      return { state: "verifying", upload_id: upload.upload_id, resumed };
    }
    const ended = await untilVisible(ctx, client, work, progress);
    await record.remove();
    if (ended.state === "ready") return { state: "ready", result: ended.result, resumed, already };
    const { upload_id, upload_token } = upload;
    return { state: "held", upload_id, upload_token, resumed, already };
  } catch (error) {
    if (error instanceof ClientError && endsUpload(error)) await record.remove();
    throw error;
  }
}

/** Sends what is missing of an upload, and hashes the file meanwhile unless that is done. @returns its SHA-256 */
async function sendAndHash(ctx: Context, client: Client, record: UploadRecord, work: Work): Promise<string> {
  const { file, started } = work;
  const stop = new AbortController();
  const signal = AbortSignal.any([ctx.signal, stop.signal]);
  const endBoth = (error: unknown) => stop.abort(error);
  const sending = started.state === "pending" ? sendMissing(ctx, client, record, work, signal) : undefined;
  const hashing = hashOnce(record, work, signal);
  await Promise.all([sending?.catch(endBoth), hashing.catch(endBoth)]);
  await sending;
  const sha256 = await hashing;
  await requireUnchanged(file);
  return sha256;
}

async function hashOnce(record: UploadRecord, { file, started }: Work, signal: AbortSignal): Promise<string> {
  file.sha256 ??= await hashBeside(file, signal);
  if (started.upload.sha256 === undefined) {
    started.upload.sha256 = file.sha256;
    await record.save(started.upload);
  }
  return file.sha256;
}

async function sendMissing(
  ctx: Context,
  client: Client,
  record: UploadRecord,
  work: Work,
  signal: AbortSignal,
): Promise<void> {
  const { path, size } = work.file;
  const { upload, given } = work.started;
  const waiting = missingParts(upload);
  const missing = waiting.reduce((sum, number) => sum + partSize(number, upload.part_size, size), 0);
  const phase = ctx.out.phase("Uploading", size, size - missing);
  try {
    await transferParts({
      path,
      size,
      partSize: upload.part_size,
      waiting,
      source: createPartSource(client, upload, given, waiting),
      jobs: work.jobs,
      patienceMs: PATIENCE_MS.transfer,
      signal,
      onBytes: (bytes) => phase.add(bytes),
      onPart: (number, { etag }) => {
        upload.etags[number] = etag;
        return record.save(upload);
      },
    });
  } finally {
    phase.end();
  }
}

/** Waits until the bytes are verified. @returns what came of them, unless they wait for their release */
async function untilVisible(
  ctx: Context,
  client: Client,
  work: Work,
  first: Progress,
): Promise<{ state: "ready"; result: Result } | { state: "held" }> {
  const phase = ctx.out.phase("Verifying", work.file.size);
  try {
    const progress = await untilVerified(client, work.started.upload, first, {
      signal: ctx.signal,
      onVerified: (bytes) => phase.set(bytes),
    });
    if (progress.state !== "ready" && progress.state !== "held") throw notReady(progress);
    phase.set(work.file.size);
    if (progress.state === "held") return { state: "held" };
    if (progress.result === undefined || progress.result === null) {
      throw new ClientError(
        EXIT.unavailable,
        "NOT_SLIPWAY",
        "The server says that the upload is ready, but not what came of it.",
      );
    }
    return { state: "ready", result: progress.result };
  } finally {
    phase.end();
  }
}

function notReady(progress: Progress): ClientError {
  if (progress.state === "rejected") {
    const code = reason(progress.error);
    const exit = exitCodeOfRejection(code);
    const text = progress.message === undefined ? code : `${code} (${progress.message})`;
    return new ClientError(exit, "REJECTED", `The server rejected the upload: ${text}.`, {
      hint:
        exit === EXIT.verification ? "If the file was changing meanwhile, run the command again." : undefined,
    });
  }
  return new ClientError(EXIT.notFound, "UPLOAD_OVER", `The upload is ${progress.state}.`);
}

function reason(error: unknown): string {
  if (typeof error === "string") return error;
  if (typeof error === "object" && error !== null) {
    if ("detail" in error && typeof error.detail === "string") return error.detail;
    if ("error_code" in error && typeof error.error_code === "string") return error.error_code;
  }
  return "no reason given";
}

/** Errors after which resuming this upload cannot help. */
function endsUpload(error: ClientError): boolean {
  const ended = error.exitCode === EXIT.verification || error.exitCode === EXIT.conflict;
  return ended || error.code === "REJECTED";
}

function partSize(number: number, size: number, total: number): number {
  return Math.min(size, total - (number - 1) * size);
}

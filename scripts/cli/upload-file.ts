import { resolve } from "node:path";
import { abortUpload, getUpload } from "../client/uploads-api.ts";
import type { Client } from "../client/client.ts";
import { beginUpload } from "./begin-upload.ts";
import type { Beginning, UploadInput } from "./begin-upload.ts";
import { PATIENCE_MS } from "./context.ts";
import type { Context } from "./context.ts";
import { ClientError, EXIT } from "../client/errors.ts";
import { usage } from "./errors.ts";
import { finishUpload } from "./finish-upload.ts";
import type { Started, UploadOutcome } from "./finish-upload.ts";
import { lookAt } from "../client/local-file.ts";
import type { LocalFile } from "../client/local-file.ts";
import { hashNow } from "./hash-now.ts";
import { uploadRecord } from "./state.ts";
import type { UploadState } from "./state.ts";

/** Up to here a file goes by one PUT, whose bytes the bucket compares with their hash: it is hashed before, in no time. */
const HASH_FIRST_BYTES = 64 * 1024 * 1024;

/**
 * Uploads one file: create or resume the upload, send what is missing, complete, wait for the verification. A large file is
 * hashed while it is sent. Run again after an interruption, it goes on where it was; with other bytes in the file it starts
 * anew.
 */
export async function uploadFile(ctx: Context, client: Client, input: UploadInput): Promise<UploadOutcome> {
  const file = await lookAtFile(input.file);
  const record = uploadRecord(ctx.env, client.url, file.path, input.fields);
  const beginning = { ctx, client, record, file, input };
  if (file.size <= HASH_FIRST_BYTES || input.isOneOfSeveral) await hashNow(ctx, file);
  const start = async () => (await resumable(beginning)) ?? (await beginUpload(beginning));
  // Once bytes are on their way, a server that restarts is worth waiting for.
  const patient = client.withPatience(PATIENCE_MS.transfer);
  const finish = (started: Started) => finishUpload(ctx, patient, record, { ...input, file, started });
  const first = await start();
  try {
    return await finish(first);
  } catch (error) {
    if (!(await isLost(client, first.upload, error))) throw error;
    await record.remove();
    ctx.out.note("The upload is no longer there; starting anew.");
    return finish(await start());
  }
}

async function lookAtFile(given: string): Promise<LocalFile> {
  const path = resolve(given);
  const file = await lookAt(path);
  if (file === undefined) throw usage(`${path} is not a file.`);
  if (file.size === 0) throw usage(`${path} is empty.`);
  return file;
}

/** The recorded upload, if it is of the same file and the server still knows it. */
async function resumable({ ctx, client, record, file }: Beginning): Promise<Started | undefined> {
  const upload = await record.load();
  if (upload === undefined) return undefined;
  if (!(await isOf(ctx, upload, file))) {
    ctx.out.note("The file has changed since the interrupted publish; starting anew.");
    await abortUpload(client, upload).catch(ignoreAnswer);
  } else {
    const state = await stateOf(client, upload);
    if (state !== undefined && ["pending", "verifying", "held", "ready"].includes(state)) {
      const done = Object.keys(upload.etags).length;
      if (state === "pending") ctx.out.note(`Resuming: ${done} of ${upload.part_count} parts are there.`);
      return { upload, given: [], state, resumed: true };
    }
  }
  await record.remove();
  return undefined;
}

/** Whether an upload was begun of this file: by its hash where both are known, else as far as can be seen; the server verifies. */
async function isOf(ctx: Context, upload: UploadState, file: LocalFile): Promise<boolean> {
  if (upload.sha256 === undefined) return upload.mark === file.mark;
  if (upload.mark === file.mark && file.sha256 === undefined) return true;
  return upload.sha256 === (await hashNow(ctx, file));
}

/** Whether a failure means that the server or the bucket no longer knows the upload. If so, the upload is ended here. */
async function isLost(client: Client, upload: UploadState, error: unknown): Promise<boolean> {
  if (!(error instanceof ClientError)) return false;
  if (error.exitCode !== EXIT.notFound && error.code !== "BUCKET_REFUSED") return false;
  const state = await stateOf(client, upload);
  const gone = error.code === "BUCKET_REFUSED" && error.message.includes("(NoSuchUpload)");
  if (state === "pending" && gone) await abortUpload(client, upload).catch(ignoreAnswer);
  return gone || state === undefined || state === "expired" || state === "aborted";
}

async function stateOf(client: Client, upload: UploadState): Promise<string | undefined> {
  try {
    return (await getUpload(client, upload)).state;
  } catch (error) {
    const unknown =
      error instanceof ClientError &&
      (error.exitCode === EXIT.notFound || error.exitCode === EXIT.authentication);
    if (unknown) return undefined;
    throw error;
  }
}

function ignoreAnswer(error: unknown): void {
  if (!(error instanceof ClientError)) throw error;
}

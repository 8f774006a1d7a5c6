import { createHash, randomUUID } from "node:crypto";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { abortUpload, createUpload, getUpload } from "../client/uploads-api.ts";
import type { Client } from "../client/client.ts";
import { PATIENCE_MS } from "./context.ts";
import type { Context } from "./context.ts";
import { ClientError, EXIT } from "../client/errors.ts";
import { usage } from "./errors.ts";
import { finishUpload } from "./finish-upload.ts";
import type { Started, UploadOutcome } from "./finish-upload.ts";
import { hashFile } from "../client/hash.ts";
import { drain } from "../client/http.ts";
import { uploadRecord } from "./state.ts";
import type { UploadRecord, UploadState } from "./state.ts";

export type UploadInput = {
  /** The file on this machine, whose path is part of what an interrupted upload is known by. */
  file: string;
  /** The name that the server is told. */
  filename: string;
  kind: string;
  /** Whether beginning it takes the API key; other kinds have a key among their fields. */
  credential: "required" | "never";
  /** The kind's own fields. */
  fields: Record<string, unknown>;
  /** The same file and fields once more: the same result again, or another one. */
  again: "same" | "new";
  jobs: number;
  wait: boolean;
};

/**
 * Uploads one file: hash, create or resume the upload, send what is missing, complete, wait for the verification.
 * Run again after an interruption, it goes on where it was; with other bytes in the file it starts anew.
 */
export async function uploadFile(ctx: Context, client: Client, input: UploadInput): Promise<UploadOutcome> {
  const path = resolve(input.file);
  const { kind, filename, fields } = input;
  const { size, sha256 } = await measure(ctx, path);
  const record = uploadRecord(ctx.env, client.url, path, fields);
  const body = { kind, filename, size, sha256, [kind]: fields };
  const start = async () =>
    (await resumable(ctx, client, record, sha256)) ??
    (await create(client, record, { path, sha256, body, input }));
  // Once bytes are on their way, a server that restarts is worth waiting for.
  const patient = client.withPatience(PATIENCE_MS.transfer);
  const finish = (started: Started) => finishUpload(ctx, patient, record, { ...input, path, size, started });
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

async function measure(ctx: Context, path: string): Promise<{ size: number; sha256: string }> {
  const file = await open(path);
  try {
    const { size, ...stat } = await file.stat().then((info) => ({ size: info.size, isFile: info.isFile() }));
    if (!stat.isFile) throw usage(`${path} is not a file.`);
    if (size === 0) throw usage(`${path} is empty.`);
    const phase = ctx.out.phase("Hashing", size);
    try {
      return {
        size,
        sha256: await hashFile(file, size, { signal: ctx.signal, onBytes: (bytes) => phase.add(bytes) }),
      };
    } finally {
      phase.end();
    }
  } finally {
    await file.close();
  }
}

/** The recorded upload, if it is of the same bytes and the server still knows it. */
async function resumable(
  ctx: Context,
  client: Client,
  record: UploadRecord,
  sha256: string,
): Promise<Started | undefined> {
  const upload = await record.load();
  if (upload === undefined) return undefined;
  if (upload.sha256 !== sha256) {
    ctx.out.note("The file has changed since the interrupted publish; starting anew.");
    await abortUpload(client, upload).catch(ignoreAnswer);
  } else {
    const state = await stateOf(client, upload);
    if (state === "pending" || state === "verifying" || state === "ready") {
      const done = Object.keys(upload.etags).length;
      if (state === "pending") ctx.out.note(`Resuming: ${done} of ${upload.part_count} parts are there.`);
      return { upload, given: [], state, resumed: true };
    }
  }
  await record.remove();
  return undefined;
}

type Creation = { path: string; sha256: string; body: unknown; input: UploadInput };

/** Creates the upload. Where the same file and fields are to be the same upload, they give the same key. */
async function create(client: Client, record: UploadRecord, creation: Creation): Promise<Started> {
  const { path, sha256, body, input } = creation;
  const base = createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 40);
  const other = () => `${base}-${randomUUID()}`;
  let key = input.again === "same" ? base : other();
  let ticket = await createUpload(client, body, key, input.credential);
  const over = ticket.state !== "pending" && ticket.state !== "verifying";
  // The same bytes at the same place: the server knows that without an upload.
  const known = ticket.result ?? undefined;
  if (over && !known && !(ticket.state === "ready" && (await isStillPublished(client, ticket)))) {
    key = other();
    ticket = await createUpload(client, body, key, input.credential);
  }
  const { upload_id, upload_token, part_size, part_count, method } = ticket;
  const upload: UploadState = {
    server: client.url,
    file: path,
    sha256,
    idempotency_key: key,
    upload_id,
    upload_token,
    part_size,
    part_count,
    method,
    etags: {},
  };
  if (ticket.state !== "ready") await record.save(upload);
  return {
    upload,
    given: ticket.parts,
    state: ticket.state,
    resumed: false,
    result: ticket.result ?? undefined,
  };
}

async function isStillPublished(client: Client, upload: { upload_id: string; upload_token: string }) {
  const { result } = await getUpload(client, upload);
  if (result === undefined || result === null) return false;
  if (typeof result["download_url"] !== "string") return true;
  const path = new URL(result["download_url"], client.url).pathname;
  const answer = await client.raw("HEAD", path, { key: "never" });
  drain(answer);
  return answer.status !== 404 && answer.status !== 410;
}

/** Whether a failure came of an upload that the server or the bucket has let go of; such a one is ended here. */
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

import { createHash, randomUUID } from "node:crypto";
import { createUpload, getUpload } from "../client/uploads-api.ts";
import type { Ticket } from "../client/uploads-api.ts";
import type { Client } from "../client/client.ts";
import type { Context } from "./context.ts";
import { ClientError, EXIT } from "../client/errors.ts";
import type { InTurn, Started } from "./finish-upload.ts";
import { drain } from "../client/http.ts";
import type { LocalFile } from "../client/local-file.ts";
import { hashNow } from "./hash-now.ts";
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
  /** Whether its place holds several files: then only its hash tells whether this one is there already. */
  isOneOfSeveral?: boolean;
  jobs: number;
  wait: boolean;
  /** Where several files are on their way: gives this one its turn to send. */
  inTurn?: InTurn;
};

/** An upload on its way to be begun. */
export type Beginning = {
  ctx: Context;
  client: Client;
  record: UploadRecord;
  file: LocalFile;
  input: UploadInput;
};

/** Creates the upload. Where the same file and fields are to be the same upload, they give the same key. */
export async function beginUpload(beginning: Beginning): Promise<Started> {
  const { ctx, file } = beginning;
  if (file.sha256 === undefined) {
    const begun = await createWithoutHash(beginning);
    if (begun) return begun;
  }
  return createWithHash(beginning, await hashNow(ctx, file));
}

/** @returns undefined where only the file's hash can tell what is to be done */
async function createWithoutHash(beginning: Beginning): Promise<Started | undefined> {
  const { client, file, input } = beginning;
  const { kind, filename, fields } = input;
  const body = { kind, filename, size: file.size, [kind]: fields };
  const key = keyOf(input, [body, file.mark]);
  try {
    const ticket = await createUpload(client, body, key, input.credential);
    // What has gone further was completed with a hash, of this file or of one that looked the same.
    return ticket.state === "pending" ? await recorded(beginning, ticket, key) : undefined;
  } catch (error) {
    if (error instanceof ClientError && mayBeThere(error)) return undefined;
    throw error;
  }
}

/** The same bytes for the same place once more are let in where nothing else is. */
function mayBeThere({ exitCode, code }: ClientError): boolean {
  return exitCode === EXIT.conflict || code === "RATE_LIMIT_EXCEEDED" || code === "INSUFFICIENT_STORAGE";
}

async function createWithHash(beginning: Beginning, sha256: string): Promise<Started> {
  const { client, file, input } = beginning;
  const { kind, filename, fields } = input;
  const body = { kind, filename, size: file.size, sha256, [kind]: fields };
  let key = keyOf(input, body);
  let ticket = await createUpload(client, body, key, input.credential);
  const over = !["pending", "verifying", "held"].includes(ticket.state);
  // The same bytes at the same place: the server knows that without an upload.
  const known = ticket.result ?? undefined;
  if (over && !known && !(ticket.state === "ready" && (await isStillPublished(client, ticket)))) {
    key = anotherKey(body);
    ticket = await createUpload(client, body, key, input.credential);
  }
  return recorded(beginning, ticket, key);
}

const digestOf = (request: unknown) =>
  createHash("sha256").update(JSON.stringify(request)).digest("hex").slice(0, 40);
const anotherKey = (request: unknown) => `${digestOf(request)}-${randomUUID()}`;
const keyOf = ({ again }: UploadInput, request: unknown) =>
  again === "same" ? digestOf(request) : anotherKey(request);

async function recorded({ client, record, file }: Beginning, ticket: Ticket, key: string): Promise<Started> {
  const { upload_id, upload_token, part_size, part_count, method } = ticket;
  const upload: UploadState = {
    server: client.url,
    file: file.path,
    mark: file.mark,
    sha256: file.sha256,
    idempotency_key: key,
    upload_id,
    upload_token,
    part_size,
    part_count,
    method,
    etags: {},
  };
  if (ticket.state !== "ready" && ticket.state !== "held") await record.save(upload);
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

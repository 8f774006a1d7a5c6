import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { basename, join } from "node:path";
import pLimit from "p-limit";
import { ClientError, EXIT } from "../client/errors.ts";
import { feed } from "../client/hash.ts";
import type { Client } from "../client/client.ts";
import { abortUpload } from "../client/uploads-api.ts";
import type { Context } from "./context.ts";
import { fileProgress } from "./file-progress.ts";
import type { HeldUpload, InTurn, UploadOutcome } from "./finish-upload.ts";
import type { Companion } from "../client/folders/plan.ts";
import { publishFile } from "./publish-file.ts";
import type { PackageFields, PublishOutcome } from "./publish-file.ts";
import { uploadFile } from "./upload-file.ts";

/** So many files are on their way at once, */
const FILES_AT_ONCE = 5;
/** and the bytes of so many of them: the others are verified meanwhile, so that neither this machine nor the server waits. */
const SENT_AT_ONCE = 2;

/** A package of a release, as it is to be sent. */
export type DraftFile = {
  /** The folder that `path` and the companions' paths are in. */
  root: string;
  path: string;
  size: number;
  fields: PackageFields;
  companions: Companion[];
  digest?: { algorithm: "sha1" | "sha256" | "sha512"; hex: string; by: string };
};

/** A package that is held for its release, or published already, with its companions. */
export type SentFile = {
  file: DraftFile;
  outcome: Exclude<PublishOutcome, { state: "verifying" }>;
  companions: UploadOutcome[];
};

/**
 * Sends packages and their companions to be held for their release. What is held or published already is not sent again.
 * After a failure, what is on its way is finished, and nothing else begun.
 */
export async function sendDraft(
  ctx: Context,
  client: Client,
  files: DraftFile[],
  jobs: number,
): Promise<SentFile[]> {
  const progress = await fileProgress(ctx);
  const sent = new Map<DraftFile, SentFile>();
  const waiting = [...files];
  const inTurn: InTurn = pLimit(SENT_AT_ONCE);
  let failed = false;
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined && !failed; file = waiting.shift()) {
      const name = basename(file.path);
      try {
        const done = await sendFile(progress.of(ctx, name), client, file, { jobs, inTurn });
        sent.set(file, done);
        progress.done(`${name}: ${sentence(done)}`);
      } catch (error) {
        failed = true;
        throw ofFile(error, file);
      }
    }
  };
  try {
    const ended = await Promise.allSettled(Array.from({ length: FILES_AT_ONCE }, work));
    for (const one of ended) if (one.status === "rejected") throw one.reason;
  } finally {
    progress.end();
  }
  return files.flatMap((file) => sent.get(file) ?? []);
}

/** Ends what is held of a package, so that it can be sent with what it lacked. */
export async function withdraw(client: Client, { outcome, companions }: SentFile): Promise<void> {
  const held = [...companions, outcome].filter((one): one is HeldUpload => one.state === "held");
  for (const upload of held) await abortUpload(client, upload);
}

async function sendFile(
  ctx: Context,
  client: Client,
  file: DraftFile,
  how: { jobs: number; inTurn: InTurn },
): Promise<SentFile> {
  await checkDigest(ctx, file);
  const path = join(file.root, file.path);
  const fields = { ...file.fields, draft: true };
  const outcome = await publishFile(ctx, client, { file: path, fields, ...how, wait: true });
  if (outcome.state === "verifying") throw new Error("an upload that is waited for is verified");
  const companions: UploadOutcome[] = [];
  for (const companion of file.companions) {
    const of =
      outcome.state === "held" ? { upload_id: outcome.upload_id } : { package_id: outcome.result.package_id };
    const upload = {
      file: join(file.root, companion.path),
      filename: basename(companion.path),
      kind: "companion",
      credential: "required",
      fields: { role: companion.role, ...of },
      again: "same",
      ...how,
      wait: true,
    } as const;
    companions.push(await uploadFile(ctx, client, upload));
  }
  return { file, outcome, companions };
}

/** Compares a file with what its build tool has written down of it. @throws ClientError NOT_AS_BUILT */
async function checkDigest(ctx: Context, { root, path, size, digest }: DraftFile): Promise<void> {
  if (digest === undefined) return;
  await using handle = await open(join(root, path));
  const hash = createHash(digest.algorithm);
  const phase = ctx.out.phase("Checking", size);
  try {
    await feed(hash, handle, size, { signal: ctx.signal, onBytes: (bytes) => phase.add(bytes) });
  } finally {
    phase.end();
  }
  if (hash.digest("hex") === digest.hex) return;
  throw new ClientError(
    EXIT.verification,
    "NOT_AS_BUILT",
    `This is not the file that ${digest.by} describes.`,
    {
      hint: `Its ${digest.algorithm.toUpperCase()} is another: build both anew, and sign files before ${digest.by} is written.`,
    },
  );
}

function sentence({ outcome, companions }: SentFile): string {
  const beside = companions.length === 0 ? "" : `, with ${companions.length} beside it`;
  if (outcome.state === "ready") return `published already${beside}`;
  return `${outcome.already ? "held already" : "verified and held"}${beside}`;
}

/** A failure with the name of its file, and what to do where another file is in its place, or too many were sent. */
function ofFile(error: unknown, { path, fields: { version, software } }: DraftFile): unknown {
  if (!(error instanceof ClientError)) return error;
  const { exitCode, code, message, data, cause } = error;
  const discard =
    `If it is held from an earlier run, \`slipway release discard ${version} --software ${software}\` ends that; ` +
    "what is published stays: raise the version.";
  const goOn = `${error.hint ?? ""} The same command then goes on: what was sent stays held.`.trim();
  const hint = exitCode === EXIT.conflict ? discard : code === "RATE_LIMIT_EXCEEDED" ? goOn : error.hint;
  return new ClientError(exitCode, code, `${basename(path)}: ${message}`, { hint, data, cause });
}

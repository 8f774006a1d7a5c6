import { createHash } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename, join } from "node:path";
import { PATIENCE_MS } from "./context.ts";
import type { Context } from "./context.ts";
import { fetchRange, headDownload } from "./download-http.ts";
import { ClientError, EXIT, errorCode } from "../client/errors.ts";
import { usage } from "./errors.ts";
import { feed, hashFile } from "../client/hash.ts";
import { backoff, wait } from "../client/retry.ts";

export type DownloadInput = {
  url: URL;
  /** An API key for `url`, where there is one; redirects do not get it. */
  key: string | undefined;
  output: string | undefined;
  sha256: string | undefined;
  force: boolean;
};

/** A file of which size and SHA-256 are known before it is asked for. */
export type KnownFile = {
  /** Finds the address of its bytes. Asked again whenever the download starts or resumes. */
  locate: () => Promise<URL>;
  /** An API key to be sent there. */
  key?: string | undefined;
  /** The file to write. */
  path: string;
  /** Bytes. */
  size: number;
  /** Lower-case hex. */
  sha256: string;
  force: boolean;
};
export type Downloaded = { path: string; size: number; sha256: string; resumed: boolean; already: boolean };

/** Fetches a package, whose size and SHA-256 the server names, as `fetchFile` does. */
export async function downloadFile(ctx: Context, input: DownloadInput): Promise<Downloaded> {
  const target = await headDownload(ctx, input.url, input.key);
  const sha256 = (input.sha256 ?? target.sha256)?.toLowerCase();
  if (sha256 === undefined || !/^[0-9a-f]{64}$/.test(sha256)) {
    throw new ClientError(EXIT.verification, "NO_CHECKSUM", "The server names no SHA-256 for this file.", {
      hint: "Pass the one you expect with --sha256.",
    });
  }
  const path = await targetPath(input.output, input.url);
  const locate = () => Promise.resolve(input.url);
  return fetchFile(ctx, { locate, key: input.key, path, size: target.size, sha256, force: input.force });
}

/**
 * Fetches a file into `<name>.part` and renames it once its SHA-256 is right. A part that exists is resumed; if the whole
 * file is then wrong, it is fetched once more from the start.
 */
export async function fetchFile(ctx: Context, known: KnownFile): Promise<Downloaded> {
  const { path, size, sha256 } = known;
  if (await isThere(ctx, path, size, sha256, known.force))
    return { path, size, sha256, resumed: false, already: true };
  const part = `${path}.part`;
  const file = await open(part, "a+").then(async (handle) => {
    await handle.close();
    return open(part, "r+");
  });
  let resumed: boolean;
  try {
    resumed = await fill(ctx, file, known);
    await file.sync();
  } catch (error) {
    await file.close();
    if (error instanceof ClientError && error.exitCode === EXIT.verification) await rm(part, { force: true });
    throw error;
  }
  await file.close();
  await rename(part, path);
  return { path, size, sha256, resumed, already: false };
}

/** @returns whether bytes of an earlier run were used. */
async function fill(ctx: Context, file: FileHandle, known: KnownFile): Promise<boolean> {
  const { size: there } = await file.stat();
  const start = there <= known.size ? there : 0;
  if (start > 0 && (await fillFrom(ctx, file, known, start)) === known.sha256) return true;
  if (start > 0) ctx.out.note("The bytes of the earlier run do not fit; starting anew.");
  if ((await fillFrom(ctx, file, known, 0)) === known.sha256) return false;
  throw new ClientError(
    EXIT.verification,
    "CHECKSUM_MISMATCH",
    "The bytes that came do not have the expected SHA-256.",
    {
      hint: "They were thrown away. Try again; if it stays so, tell the publisher.",
    },
  );
}

/** Completes the file from byte `start`. @returns the SHA-256 of all of it in hex. */
async function fillFrom(
  ctx: Context,
  file: FileHandle,
  { locate, key, size }: KnownFile,
  start: number,
): Promise<string> {
  let hash = createHash("sha256");
  await file.truncate(start);
  await feed(hash, file, start, { signal: ctx.signal });
  const phase = ctx.out.phase("Downloading", size, start);
  let position = start;
  let failingSince: number | undefined;
  let failures = 0;
  try {
    while (position < size) {
      try {
        const { body, from } = await fetchRange(ctx, await locate(), position, key);
        if (from !== position) {
          await file.truncate(0);
          hash = createHash("sha256");
          position = 0;
          phase.set(0);
        }
        for await (const chunk of body as AsyncIterable<Buffer>) {
          if (position + chunk.length > size) throw tooLong();
          await file.write(chunk, 0, chunk.length, position);
          hash.update(chunk);
          position += chunk.length;
          failingSince = undefined;
          failures = 0;
          phase.add(chunk.length);
        }
        if (position < size) throw new ClientError(EXIT.unavailable, "NETWORK", "The download broke off.");
      } catch (error) {
        const failure = passing(ctx, error);
        failingSince ??= Date.now();
        const pause = backoff(++failures);
        if (Date.now() + pause - failingSince > PATIENCE_MS.transfer) throw failure;
        await wait(pause, ctx.signal);
      }
    }
  } finally {
    phase.end();
  }
  return hash.digest("hex");
}

/** Returns the failure where it may pass; throws any other. */
function passing(ctx: Context, error: unknown): ClientError {
  if (ctx.signal.aborted) throw error;
  if (error instanceof ClientError && error.exitCode === EXIT.unavailable) return error;
  const cut = ["ECONNRESET", "ETIMEDOUT", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"].includes(
    errorCode(error) ?? "",
  );
  if (!cut) throw error;
  return new ClientError(EXIT.unavailable, "NETWORK", "The download broke off.", {
    hint: "Run the same command again to resume.",
    cause: error,
  });
}

function tooLong(): ClientError {
  return new ClientError(
    EXIT.verification,
    "SIZE_MISMATCH",
    "More bytes came than the server had said: run the command again.",
  );
}

async function targetPath(output: string | undefined, url: URL): Promise<string> {
  if (output !== undefined && !(await isFolder(output))) {
    if (output.endsWith("/")) throw usage(`There is no folder ${output}: create it first.`);
    return output;
  }
  const name = basename(decodeURIComponent(url.pathname));
  if (name === "" || name === "." || name === ".." || /[\p{Cc}\\/]/u.test(name)) {
    throw usage("The address does not end in a usable file name.", "Pass --output.");
  }
  return join(output ?? ".", name);
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}

/** Whether the file is there already. @throws ClientError `FILE_EXISTS` when another one is, unless it may be replaced. */
async function isThere(
  ctx: Context,
  path: string,
  size: number,
  sha256: string,
  force: boolean,
): Promise<boolean> {
  const file = await open(path).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (file === undefined) return false;
  try {
    const info = await file.stat();
    if (info.size === size && (await hashFile(file, size, { signal: ctx.signal })) === sha256) return true;
  } finally {
    await file.close();
  }
  if (force) return false;
  throw new ClientError(EXIT.conflict, "FILE_EXISTS", `${path} exists already, with other content.`, {
    hint: "Pass --force to replace it, or have this one written elsewhere.",
  });
}

import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Context } from "./context.ts";
import { usage } from "./errors.ts";

/**
 * Copies standard input into a file of this name for as long as the work takes, because the size and hash of an upload are
 * declared before its bytes are sent.
 */
export async function withStandardInput<T>(
  ctx: Context,
  name: string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  if (name === "" || basename(name) !== name)
    throw usage("--name must be the name of a file, without a folder.");
  ctx.interruptHint = undefined;
  const folder = await mkdtemp(join(tmpdir(), "slipway-"));
  try {
    const path = join(folder, name);
    await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }), { signal: ctx.signal });
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

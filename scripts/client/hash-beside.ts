import { open } from "node:fs/promises";
import { hashFile } from "./hash.ts";
import type { LocalFile } from "./local-file.ts";

/**
 * SHA-256 of a file in hex, taken while the file's parts are sent. It reads ahead of them, so that each byte comes from the
 * disk only once. It runs on this thread: a thread of its own was no faster, and a command line that is packed into one
 * file has no second file for a thread to run.
 * @throws system errors on the file; the signal's reason when it fires
 */
export async function hashBeside({ path, size }: LocalFile, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  await using file = await open(path);
  return await hashFile(file, size, { signal });
}

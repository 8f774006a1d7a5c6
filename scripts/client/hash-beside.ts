import { open } from "node:fs/promises";
import { hashFile } from "./hash.ts";
import type { LocalFile } from "./local-file.ts";

/**
 * SHA-256 of a file in hex, taken while its parts are sent: it runs ahead of them, so that each byte comes from the disk once.
 * On this thread: one of its own was no faster, and a command line of one file has no second one to give it.
 * @throws system errors on the file; the signal's reason when it fires
 */
export async function hashBeside({ path, size }: LocalFile, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  await using file = await open(path);
  return await hashFile(file, size, { signal });
}

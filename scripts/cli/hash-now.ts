import { open } from "node:fs/promises";
import { hashFile } from "../client/hash.ts";
import type { LocalFile } from "../client/local-file.ts";
import type { Context } from "./context.ts";

/** SHA-256 of a file in hex, showing how far it is; taken once. */
export async function hashNow(ctx: Context, file: LocalFile): Promise<string> {
  if (file.sha256 !== undefined) return file.sha256;
  const { path, size } = file;
  const handle = await open(path);
  const phase = ctx.out.phase("Hashing", size);
  try {
    file.sha256 = await hashFile(handle, size, { signal: ctx.signal, onBytes: (bytes) => phase.add(bytes) });
    return file.sha256;
  } finally {
    phase.end();
    await handle.close();
  }
}

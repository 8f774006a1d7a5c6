import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";

// So large that the hashing takes the time, not the calls. Two such buffers are in memory.
const READ_BYTES = 4 * 1024 * 1024;

/**
 * Feeds a file's first `size` bytes to a hash, reading one buffer while hashing the other.
 * @returns the number of bytes that were there.
 */
export async function feed(
  hash: Hash,
  file: FileHandle,
  size: number,
  options: { signal: AbortSignal; onBytes?: (bytes: number) => void },
): Promise<number> {
  const buffers = [Buffer.allocUnsafe(READ_BYTES), Buffer.allocUnsafe(READ_BYTES)] as const;
  const read = (turn: number, position: number) =>
    file.read(turn % 2 === 0 ? buffers[0] : buffers[1], 0, Math.min(READ_BYTES, size - position), position);
  let position = 0;
  let pending = read(0, 0);
  for (let turn = 1; ; turn++) {
    const { bytesRead, buffer } = await pending;
    options.signal.throwIfAborted();
    if (bytesRead === 0) return position;
    position += bytesRead;
    pending = read(turn, position);
    hash.update(buffer.subarray(0, bytesRead));
    options.onBytes?.(bytesRead);
  }
}

/** SHA-256 of an open file in hex. */
export async function hashFile(
  file: FileHandle,
  size: number,
  options: { signal: AbortSignal; onBytes?: (bytes: number) => void },
): Promise<string> {
  const hash = createHash("sha256");
  await feed(hash, file, size, options);
  return hash.digest("hex");
}

import { openChunks } from "../bytes.ts";
import type { Hasher } from "./hash.ts";

/** A stream that brings nothing for this long, or at most for twice as long, has broken off. */
const STALL_MS = 30_000;

/**
 * After so many bytes, other requests get their turn. workerd serves other connections only when nothing is ready to run,
 * and a fast bucket always has the next bytes ready.
 */
const TURN_BYTES = 4 * 1024 * 1024;

/** Bytes per read: below it the reads cost more than the hashing. */
const HASH_READ_BYTES = 1024 * 1024;

/**
 * Feeds a whole stream to a hasher. Errors of the stream pass through; a stream that stands still becomes an error.
 * @param goOn asked after each chunk; where it says no, the rest is left unread
 * @returns whether the stream was read to its end
 */
export async function hashStream(
  stream: ReadableStream<Uint8Array>,
  hasher: Pick<Hasher, "update">,
  goOn: () => boolean = () => true,
): Promise<boolean> {
  const reader = openChunks(stream, HASH_READ_BYTES);
  let moved = true;
  let untilTurn = TURN_BYTES;
  let giveUp: (reason: Error) => void = () => undefined;
  const next = () =>
    new Promise<Uint8Array | null>((resolve, reject) => {
      giveUp = reject;
      reader.next().then(resolve, reject);
    });
  const watch = setInterval(() => {
    if (!moved) giveUp(new Error("the bytes stopped coming"));
    moved = false;
  }, STALL_MS);
  try {
    for (;;) {
      const chunk = await next();
      if (chunk === null) return true;
      moved = true;
      hasher.update(chunk);
      if (!goOn()) break;
      untilTurn -= chunk.length;
      if (untilTurn > 0) continue;
      untilTurn = TURN_BYTES;
      await new Promise((resolve) => setTimeout(resolve));
    }
    reader.cancel();
    return false;
  } catch (error) {
    reader.cancel(error);
    throw error;
  } finally {
    clearInterval(watch);
  }
}

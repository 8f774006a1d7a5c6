import type { Storage, UploadedPart } from "../storage/storage.ts";
import type { LogLine } from "./log-lines.ts";

/** Every store takes parts of this size. All parts but the last are equal, as R2 demands. */
const PART_BYTES = 5 * 1024 ** 2;

export const LOG_TYPE = "application/x-ndjson";
const presentation = { contentType: LOG_TYPE, cacheControl: "private, no-store" };

/**
 * Writes lines as one object, with the memory of one part. Nothing is written where there are no lines.
 * @returns its size in bytes, and the number of lines
 */
export async function writeLogFile(
  storage: Storage,
  key: string,
  lines: AsyncIterable<LogLine>,
): Promise<{ size: number; count: number }> {
  const encoder = new TextEncoder();
  const buffer = new Uint8Array(PART_BYTES);
  const parts: UploadedPart[] = [];
  let uploadId: string | undefined;
  let [filled, size, count] = [0, 0, 0];

  const sendPart = async () => {
    uploadId ??= await storage.createMultipart(key, presentation);
    parts.push(await storage.uploadPart(key, uploadId, parts.length + 1, buffer.subarray(0, filled)));
    filled = 0;
  };
  try {
    for await (const { text } of lines) {
      const bytes = encoder.encode(`${text}\n`);
      for (let taken = 0; taken < bytes.length;) {
        if (filled === buffer.length) await sendPart();
        const piece = bytes.subarray(taken, taken + buffer.length - filled);
        buffer.set(piece, filled);
        filled += piece.length;
        taken += piece.length;
      }
      size += bytes.length;
      count += 1;
    }
    if (parts.length > 0) await sendPart();
    if (uploadId !== undefined) await storage.completeMultipart(key, uploadId, parts);
    else if (count > 0) await storage.put(key, buffer.subarray(0, filled), presentation);
  } catch (error) {
    // If aborting fails, an upload without an object is left behind; the caller has to hear of the first failure.
    if (uploadId !== undefined) await storage.abortMultipart(key, uploadId).catch(() => undefined);
    throw error;
  }
  return { size, count };
}

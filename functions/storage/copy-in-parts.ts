import type { UploadedPart } from "./storage.ts";

/** R2 and S3 copy inside their own network; more at once only meets their rate limits. */
const CONCURRENCY = 4;

/**
 * Copies `size` bytes in equal parts, few at a time. `copyPart` copies the bytes of an inclusive range and answers the
 * part's ETag. Throws the first failure once nothing is under way any more, so that an abort finds all parts.
 */
export async function copyInParts(
  size: number,
  partBytes: number,
  copyPart: (partNumber: number, range: string) => Promise<string>,
): Promise<UploadedPart[]> {
  const count = Math.ceil(size / partBytes);
  const parts: UploadedPart[] = [];
  const failures: unknown[] = [];
  let next = 1;
  const worker = async () => {
    while (next <= count && failures.length === 0) {
      const partNumber = next++;
      const first = (partNumber - 1) * partBytes;
      const last = Math.min(first + partBytes, size) - 1;
      try {
        parts.push({ partNumber, etag: await copyPart(partNumber, `bytes=${first}-${last}`) });
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  if (failures.length > 0) throw failures[0];
  return parts;
}

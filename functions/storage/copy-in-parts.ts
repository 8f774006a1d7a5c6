import type { UploadedPart } from "./storage.ts";

/** R2 and S3 copy inside their own network; more copies at once would only meet their rate limits. */
const CONCURRENCY = 4;

/**
 * Copies `size` bytes in equal parts, a few at a time. `copyPart` copies an inclusive range of bytes and answers the part's
 * ETag. On a failure nothing more is begun; the first failure is thrown once no copy is under way, so that aborting then
 * finds all parts.
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

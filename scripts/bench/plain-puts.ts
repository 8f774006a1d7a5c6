import { fileURLToPath } from "node:url";
import { createS3Storage } from "../../functions/storage/s3.ts";
import type { Target } from "./bench-stack.ts";
import { JOBS } from "./publish-cli.ts";
import type { Puts } from "./put-process.ts";
import { runNode } from "./run-node.ts";

const PUT_PROCESS = fileURLToPath(new URL("put-process.ts", import.meta.url));
const MIB = 1024 * 1024;
/** The part size that the server chooses for files of this size. */
const PART_BYTES = 32 * MIB;

/** A part of a file, with the address to which it is sent. */
export type Part = Puts["parts"][number];

/**
 * Sends parts of a file, four at a time, from a process of its own. Resolves with the seconds from the first byte to the
 * last.
 */
export async function putParts(file: string, parts: Part[]): Promise<number> {
  const input: Puts = { file, jobs: JOBS, parts };
  const { output } = await runNode([PUT_PROCESS], { input: JSON.stringify(input) });
  return (JSON.parse(output) as { seconds: number }).seconds;
}

/** Sends a file's parts to the stack's bucket by plain signed PUTs, in a multipart upload that is aborted afterwards. */
export async function putIntoBucket(target: Target, file: string, mebibytes: number): Promise<number> {
  const { settings } = target;
  const storage = createS3Storage({
    endpoint: settings.S3_ENDPOINT ?? "",
    region: settings.S3_REGION ?? "",
    bucket: settings.S3_BUCKET ?? "",
    accessKeyId: settings.S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: settings.S3_SECRET_ACCESS_KEY ?? "",
    forcePathStyle: true,
  });
  const key = "bench/plain";
  const uploadId = await storage.createMultipart(key, { contentType: "application/octet-stream" });
  try {
    const parts: Part[] = [];
    for (const range of ranges(mebibytes)) {
      const signed = await storage.signPart(key, uploadId, parts.length + 1, {
        expiresIn: 3600,
        size: range.size,
      });
      parts.push({ ...signed, ...range });
    }
    return await putParts(file, parts);
  } finally {
    await storage.abortMultipart(key, uploadId);
  }
}

/** Where each part of a file begins, and its size. */
export function ranges(mebibytes: number): { start: number; size: number }[] {
  const total = mebibytes * MIB;
  return Array.from({ length: Math.ceil(total / PART_BYTES) }, (_, index) => {
    const start = index * PART_BYTES;
    return { start, size: Math.min(PART_BYTES, total - start) };
  });
}

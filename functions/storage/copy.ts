import { CopyObjectCommand, UploadPartCopyCommand } from "@aws-sdk/client-s3";
import { presentationHeaders, timeouts, type BucketClient } from "./client.ts";
import { copyInParts } from "./copy-in-parts.ts";
import { isNotImplemented, withRetries } from "./failure.ts";
import type { Multipart } from "./multipart.ts";
import { encodeKey } from "./sign.ts";
import { StorageError, type Storage } from "./storage.ts";

/** Bytes. */
export type CopyLimits = { singleBytes: number; partBytes: number };

export const COPY_LIMITS: CopyLimits = {
  /**
   * Copies above this size are made in parts. S3 and R2 allow 5 GiB in one step, but parts are faster, and the embedded
   * bucket does nothing else during a step. It must not be below the largest single PUT: an object that a signed URL can
   * overwrite is copied under a condition, which not every store supports for parts.
   */
  singleBytes: 256 * 1024 ** 2,
  /** Equal parts, as R2 demands; 400 of them for the largest package. */
  partBytes: 128 * 1024 ** 2,
};

type Options = BucketClient & { objects: Pick<Storage, "head"> & Multipart; limits: CopyLimits };

/** Copies inside the bucket. */
export function createCopying({ client, bucket: Bucket, objects, limits }: Options): Pick<Storage, "copy"> {
  const sourceOf = (key: string) => `${encodeKey(Bucket)}/${encodeKey(key)}`;

  const copyByParts: Storage["copy"] = async (from, to, { size, ifMatch, ...presentation }) => {
    const UploadId = await objects.createMultipart(to, presentation);
    let conditional = true;
    const copyPart = async (PartNumber: number, CopySourceRange: string): Promise<string> => {
      const CopySourceIfMatch = conditional ? ifMatch : undefined;
      const source = { CopySource: sourceOf(from), CopySourceRange, CopySourceIfMatch };
      const command = new UploadPartCopyCommand({ Bucket, Key: to, UploadId, PartNumber, ...source });
      const copied = await withRetries("copy a part", () => client.send(command, timeouts.copy));
      return copied.CopyPartResult?.ETag ?? "";
    };
    try {
      const parts = await copyInParts(size, limits.partBytes, async (partNumber, range) => {
        try {
          return await copyPart(partNumber, range);
        } catch (error) {
          if (!isNotImplemented(error)) throw error;
          // The embedded bucket copies parts without conditions, so the source is checked once more at the end.
          conditional = false;
          return await copyPart(partNumber, range);
        }
      });
      if (!conditional && (await objects.head(from))?.etag !== ifMatch) {
        throw new StorageError("precondition-failed", "The object changed while it was copied.");
      }
      await objects.completeMultipart(to, UploadId, parts);
    } catch (error) {
      // If aborting fails, an upload without an object is left behind; the caller has to hear of the first failure.
      await objects.abortMultipart(to, UploadId).catch(() => {});
      throw error;
    }
  };

  return {
    async copy(from, to, options) {
      if (options.size > limits.singleBytes) return await copyByParts(from, to, options);
      const command = new CopyObjectCommand({
        Bucket,
        Key: to,
        CopySource: sourceOf(from),
        CopySourceIfMatch: options.ifMatch,
        MetadataDirective: "REPLACE",
        ...presentationHeaders(options),
      });
      await withRetries("copy an object", () => client.send(command, timeouts.copy));
    },
  };
}

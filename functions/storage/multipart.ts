import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { orNull, presentationHeaders, timeouts, type BucketClient } from "./client.ts";
import { describeFailure, withRetries } from "./failure.ts";
import type { Storage } from "./storage.ts";

export type Multipart = Pick<
  Storage,
  "createMultipart" | "uploadPart" | "completeMultipart" | "abortMultipart"
>;

/** Stores objects part by part. */
export function createMultipart({
  client,
  bucket: Bucket,
  head,
  embedded,
}: BucketClient & Pick<Storage, "head"> & { embedded: boolean }): Multipart {
  return {
    async createMultipart(key, presentation) {
      const headers = presentationHeaders(presentation);
      const command = new CreateMultipartUploadCommand({ Bucket, Key: key, ...headers });
      return await withRetries("start a multipart upload", async () => {
        const { UploadId } = await client.send(command, timeouts.read);
        if (!UploadId) throw unreadableAnswer();
        return UploadId;
      });
    },

    async uploadPart(key, UploadId, partNumber, Body) {
      const command = new UploadPartCommand({ Bucket, Key: key, UploadId, PartNumber: partNumber, Body });
      const { ETag } = await withRetries("store a part", () => client.send(command, timeouts.write));
      return { partNumber, etag: ETag ?? "" };
    },

    async completeMultipart(key, UploadId, parts) {
      const Parts = parts
        .map(({ partNumber, etag, sha256 }) => ({
          PartNumber: partNumber,
          ETag: etag,
          ChecksumSHA256: embedded && sha256 ? Buffer.from(sha256, "hex").toString("base64") : undefined,
        }))
        .toSorted((a, b) => a.PartNumber - b.PartNumber);
      const command = new CompleteMultipartUploadCommand({
        Bucket,
        Key: key,
        UploadId,
        MultipartUpload: { Parts },
      });
      return await withRetries("complete a multipart upload", async () => {
        try {
          const { ETag } = await client.send(command, timeouts.write);
          if (!ETag) throw unreadableAnswer();
          return { etag: ETag };
        } catch (error) {
          const { retryable, code } = describeFailure("", error);
          const isDoubtful = retryable || code === "NoSuchUpload";
          const found = isDoubtful ? await head(key) : null;
          if (found && mayHaveParts(found.etag, parts.length)) return { etag: found.etag };
          throw error;
        }
      });
    },

    async abortMultipart(key, UploadId) {
      const command = new AbortMultipartUploadCommand({ Bucket, Key: key, UploadId });
      await orNull(withRetries("abort a multipart upload", () => client.send(command, timeouts.read)));
    },
  };
}

/** An answer of 200 that lacks what it must contain counts as no answer. */
function unreadableAnswer() {
  return Object.assign(new Error(), { name: "InternalError", $metadata: { httpStatusCode: 200 } });
}

/**
 * In most stores, a multipart ETag ends with the number of parts. Another number means that the object is another upload's.
 */
function mayHaveParts(etag: string, partCount: number): boolean {
  const count = /-(\d+)"?$/.exec(etag)?.[1];
  return count === undefined || Number(count) === partCount;
}

import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { orNull, timeouts, type BucketClient } from "./client.ts";
import { withRetries } from "./failure.ts";
import { StorageError, type Storage } from "./storage.ts";

type Options = BucketClient & {
  /** Whether it is the embedded bucket, whose SHA-256 of an object is trusted. */
  embedded: boolean;
  /** Throws where the bucket does not exist at all. */
  requireBucket: () => Promise<void>;
};
type Reading = Pick<Storage, "head" | "knownSha256" | "get" | "list">;

/** Reads what is in the bucket. */
export function createReading({ client, bucket: Bucket, embedded, requireBucket }: Options): Reading {
  return {
    async head(key) {
      const command = new HeadObjectCommand({ Bucket, Key: key });
      const found = await orNull(withRetries("look an object up", () => client.send(command, timeouts.read)));
      if (found === null) {
        await requireBucket();
        return null;
      }
      return {
        size: found.ContentLength ?? 0,
        etag: found.ETag ?? "",
        contentType: found.ContentType,
        lastModified: found.LastModified,
      };
    },

    async knownSha256(key) {
      if (!embedded) return null;
      const command = new HeadObjectCommand({ Bucket, Key: key, ChecksumMode: "ENABLED" });
      const found = await orNull(
        withRetries("look a checksum up", () => client.send(command, timeouts.read)),
      );
      if (!found?.ChecksumSHA256 || found.ChecksumType !== "FULL_OBJECT") return null;
      return { etag: found.ETag ?? "", sha256: Buffer.from(found.ChecksumSHA256, "base64").toString("hex") };
    },

    async get(key, { range, ifMatch } = {}) {
      const Range = range && `bytes=${range.start}-${range.end}`;
      const command = new GetObjectCommand({ Bucket, Key: key, Range, IfMatch: ifMatch });
      const found = await orNull(withRetries("read an object", () => client.send(command, timeouts.read)));
      if (found === null) return null;
      const body = found.Body?.transformToWebStream() ?? new Blob([]).stream();
      if (found.ContentEncoding && found.ContentEncoding !== "identity") {
        // fetch would inflate the body: the bytes would differ from the stored ones, and their hash would prove nothing.
        await body.cancel();
        throw new StorageError("invalid", "The object is stored with a content encoding.");
      }
      return {
        size: Number(found.ContentRange?.split("/")[1] ?? found.ContentLength ?? 0),
        etag: found.ETag ?? "",
        contentType: found.ContentType,
        lastModified: found.LastModified,
        body,
      };
    },

    async list(Prefix, after) {
      const command = new ListObjectsV2Command({ Bucket, Prefix, StartAfter: after });
      const page = await withRetries("list objects", () => client.send(command, timeouts.read));
      const objects = (page.Contents ?? []).map(({ Key = "", Size = 0, LastModified }) => {
        return { key: Key, size: Size, lastModified: LastModified ?? new Date(0) };
      });
      return { objects, next: page.IsTruncated ? objects.at(-1)?.key : undefined };
    },
  };
}

import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { createBucketChecks } from "./check.ts";
import { copyInParts } from "./copy.ts";
import { describeFailure, isNotImplemented, withRetries } from "./failure.ts";
import { NativeSha256 } from "./native-sha256.ts";
import { createSigner, encodeKey } from "./sign.ts";
import { StorageError, type ObjectPresentation, type Storage } from "./storage.ts";
import { createTransport } from "./transport.ts";

export type S3Options = {
  endpoint: string;
  /** Where clients reach the bucket, if not where the server does: an address, or a path on the server itself. */
  publicEndpoint?: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  forcePathStyle: boolean;
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Hash bodies for the signature (default); needless on a way to the bucket that nobody else can reach. */
  signBodies?: boolean;
  /** Take the store's word for the SHA-256 of an object (default: no); only of one that is as trusted as this server. */
  trustSha256?: boolean;
  /** Dates signed URLs. Milliseconds since 1970. */
  clock?: () => number;
  /** For tests, which cannot copy gigabytes: overrides of the two limits below, bytes. */
  copyLimits?: { singleBytes: number; partBytes: number };
};

/** Metadata only: a store answers in well under a second, or something is wrong. */
const READ_TIMEOUT_MS = 10_000;
/** A part of some MiB over a slow link. */
const WRITE_TIMEOUT_MS = 60_000;
/** The store moves the bytes before it answers. */
const COPY_TIMEOUT_MS = 300_000;

/**
 * S3 and R2 take 5 GiB in one step but copy parts faster, and the embedded bucket does nothing else meanwhile. Not below
 * the largest single PUT: what one signed URL can overwrite is copied under a condition that not every store has for parts.
 */
const SINGLE_COPY_BYTES = 256 * 1024 ** 2;
/** Equal parts, as R2 demands; 400 of them for the largest package. */
const COPY_PART_BYTES = 128 * 1024 ** 2;

/** Storage in any S3-compatible bucket, by the AWS SDK, for Node and workerd alike. All its failures are StorageErrors. */
export function createS3Storage(options: S3Options): Storage {
  const { bucket: Bucket, endpoint, region, forcePathStyle, accessKeyId, secretAccessKey } = options;
  const clock = options.clock ?? Date.now;
  const send = options.fetch ?? ((url: string, init: RequestInit) => fetch(url, init));
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle,
    credentials: { accessKeyId, secretAccessKey },
    // By default the SDK adds a CRC32 of its own, which presigned requests and several stores cannot take.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    expectContinueHeader: false,
    maxAttempts: 1,
    sha256: NativeSha256,
    requestHandler: createTransport(send),
  });
  if (options.signBodies === false) {
    client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { headers: Record<string, string> };
        request.headers["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD";
        return next(args);
      },
      { step: "build", name: "unsignedBodies" },
    );
  }
  const read = { requestTimeout: READ_TIMEOUT_MS };
  const write = { requestTimeout: WRITE_TIMEOUT_MS };
  const long = { requestTimeout: COPY_TIMEOUT_MS };
  const limits = options.copyLimits ?? { singleBytes: SINGLE_COPY_BYTES, partBytes: COPY_PART_BYTES };

  async function copyByParts(
    from: string,
    to: string,
    { size, ifMatch, ...presentation }: ObjectPresentation & { size: number; ifMatch: string },
  ): Promise<void> {
    const UploadId = await storage.createMultipart(to, presentation);
    let conditional = true;
    const copyPart = async (PartNumber: number, CopySourceRange: string): Promise<string> => {
      const CopySourceIfMatch = conditional ? ifMatch : undefined;
      const source = { CopySource: copySource(from), CopySourceRange, CopySourceIfMatch };
      const command = new UploadPartCopyCommand({ Bucket, Key: to, UploadId, PartNumber, ...source });
      const copied = await withRetries("copy a part", () => client.send(command, long));
      return copied.CopyPartResult?.ETag ?? "";
    };
    try {
      const parts = await copyInParts(size, limits.partBytes, async (partNumber, range) => {
        try {
          return await copyPart(partNumber, range);
        } catch (error) {
          if (!isNotImplemented(error)) throw error;
          // The embedded bucket copies parts without conditions: the source is looked at once more at the end.
          conditional = false;
          return await copyPart(partNumber, range);
        }
      });
      if (!conditional && (await storage.head(from))?.etag !== ifMatch) {
        throw new StorageError("precondition-failed", "The object changed while it was copied.");
      }
      await storage.completeMultipart(to, UploadId, parts);
    } catch (error) {
      // What cannot be aborted now is an upload without an object; the failure that matters is the first.
      await storage.abortMultipart(to, UploadId).catch(() => {});
      throw error;
    }
  }

  const copySource = (key: string) => `${encodeKey(Bucket)}/${encodeKey(key)}`;

  const checks = createBucketChecks({ client, bucket: Bucket, clock });

  const storage: Storage = {
    check: () => checks.check(),

    async head(key) {
      const command = new HeadObjectCommand({ Bucket, Key: key });
      const found = await orNull(withRetries("look an object up", () => client.send(command, read)));
      if (found === null) {
        await checks.requireBucket();
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
      if (!options.trustSha256) return null;
      const command = new HeadObjectCommand({ Bucket, Key: key, ChecksumMode: "ENABLED" });
      const found = await orNull(withRetries("look a checksum up", () => client.send(command, read)));
      if (!found?.ChecksumSHA256 || found.ChecksumType !== "FULL_OBJECT") return null;
      return { etag: found.ETag ?? "", sha256: Buffer.from(found.ChecksumSHA256, "base64").toString("hex") };
    },

    async get(key, { range, ifMatch } = {}) {
      const Range = range && `bytes=${range.start}-${range.end}`;
      const command = new GetObjectCommand({ Bucket, Key: key, Range, IfMatch: ifMatch });
      const found = await orNull(withRetries("read an object", () => client.send(command, read)));
      if (found === null) return null;
      const body = found.Body?.transformToWebStream() ?? new Blob([]).stream();
      if (found.ContentEncoding && found.ContentEncoding !== "identity") {
        // fetch would inflate it: other bytes than those stored, so their hash would prove nothing.
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

    async put(key, Body, { sha256, ...presentation }) {
      const command = new PutObjectCommand({ Bucket, Key: key, Body, ...shown(presentation) });
      if (sha256 !== undefined) {
        // The signer takes a hash that is there already for the body's.
        command.middlewareStack.add(
          (next) => (call) => {
            const { headers } = call.request as { headers: Record<string, string> };
            headers["x-amz-content-sha256"] = sha256;
            return next(call);
          },
          { step: "build" },
        );
      }
      const { ETag } = await withRetries("store an object", () => client.send(command, write));
      return { etag: ETag ?? "" };
    },

    async delete(key) {
      const command = new DeleteObjectCommand({ Bucket, Key: key });
      await orNull(withRetries("delete an object", () => client.send(command, read)));
    },

    async copy(from, to, { size, ifMatch, ...presentation }) {
      if (size > limits.singleBytes) return await copyByParts(from, to, { size, ifMatch, ...presentation });
      const command = new CopyObjectCommand({
        Bucket,
        Key: to,
        CopySource: copySource(from),
        CopySourceIfMatch: ifMatch,
        MetadataDirective: "REPLACE",
        ...shown(presentation),
      });
      await withRetries("copy an object", () => client.send(command, long));
    },

    async list(Prefix, after) {
      const command = new ListObjectsV2Command({ Bucket, Prefix, StartAfter: after });
      const page = await withRetries("list objects", () => client.send(command, read));
      const objects = (page.Contents ?? []).map(({ Key = "", Size = 0, LastModified }) => {
        return { key: Key, size: Size, lastModified: LastModified ?? new Date(0) };
      });
      return { objects, next: page.IsTruncated ? objects.at(-1)?.key : undefined };
    },

    async createMultipart(key, presentation) {
      const command = new CreateMultipartUploadCommand({ Bucket, Key: key, ...shown(presentation) });
      return await withRetries("start a multipart upload", async () => {
        const { UploadId } = await client.send(command, read);
        if (!UploadId) throw unreadable();
        return UploadId;
      });
    },

    async uploadPart(key, UploadId, partNumber, Body) {
      const command = new UploadPartCommand({ Bucket, Key: key, UploadId, PartNumber: partNumber, Body });
      const { ETag } = await withRetries("store a part", () => client.send(command, write));
      return { partNumber, etag: ETag ?? "" };
    },

    async completeMultipart(key, UploadId, parts) {
      const Parts = parts
        .map(({ partNumber, etag }) => ({ PartNumber: partNumber, ETag: etag }))
        .toSorted((a, b) => a.PartNumber - b.PartNumber);
      const command = new CompleteMultipartUploadCommand({
        Bucket,
        Key: key,
        UploadId,
        MultipartUpload: { Parts },
      });
      return await withRetries("complete a multipart upload", async () => {
        try {
          const { ETag } = await client.send(command, write);
          if (!ETag) throw unreadable();
          return { etag: ETag };
        } catch (error) {
          const { retryable, code } = describeFailure("", error);
          const doubtful = retryable || code === "NoSuchUpload";
          const found = doubtful ? await storage.head(key) : null;
          if (found && couldBeOf(found.etag, parts.length)) return { etag: found.etag };
          throw error;
        }
      });
    },

    async abortMultipart(key, UploadId) {
      const command = new AbortMultipartUploadCommand({ Bucket, Key: key, UploadId });
      await orNull(withRetries("abort a multipart upload", () => client.send(command, read)));
    },

    ...createSigner({ ...options, clock }),
  };
  return storage;
}

function shown({ contentType, contentDisposition, cacheControl }: ObjectPresentation) {
  return { ContentType: contentType, ContentDisposition: contentDisposition, CacheControl: cacheControl };
}

async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof StorageError && error.code === "not-found") return null;
    throw error;
  }
}

/** An answer of 200 without what it must contain: as good as none. */
function unreadable() {
  return Object.assign(new Error(), { name: "InternalError", $metadata: { httpStatusCode: 200 } });
}

/** Most stores end a multipart ETag in the count of its parts; another count is another upload's object. */
function couldBeOf(etag: string, partCount: number): boolean {
  const count = /-(\d+)"?$/.exec(etag)?.[1];
  return count === undefined || Number(count) === partCount;
}

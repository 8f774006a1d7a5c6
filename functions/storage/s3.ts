import { createBucketChecks } from "./check.ts";
import { createClient, type ClientOptions } from "./client.ts";
import { COPY_LIMITS, createCopying, type CopyLimits } from "./copy.ts";
import { createMultipart } from "./multipart.ts";
import { createReading } from "./read.ts";
import { createSigner } from "./sign.ts";
import type { Storage } from "./storage.ts";
import { createWriting } from "./write.ts";

export type S3Options = ClientOptions & {
  /** Where clients reach the bucket, if not where the server does: an address, or a path on the server itself. */
  publicEndpoint?: string;
  /**
   * Whether it is the embedded bucket (default: no). That is trusted with the SHA-256 that it names for an object, compares
   * what is sent with its Content-Digest, and is asked for any ETag rather than the MD5 of what clients send, which is half of
   * what a large body costs.
   */
  embedded?: boolean;
  /** Dates signed URLs. Milliseconds since 1970. */
  clock?: () => number;
  /** Lets tests copy small objects in parts, because they cannot copy gigabytes. */
  copyLimits?: CopyLimits;
};

/** Storage in any S3-compatible bucket, by the AWS SDK, for both Node and workerd. All its failures are StorageErrors. */
export function createS3Storage(options: S3Options): Storage {
  const { clock = Date.now, embedded = false, copyLimits: limits = COPY_LIMITS } = options;
  const bucket = createClient(options);
  const checks = createBucketChecks({ ...bucket, clock });
  const reading = createReading({ ...bucket, embedded, requireBucket: () => checks.requireBucket() });
  const multipart = createMultipart({ ...bucket, head: reading.head, embedded });
  return {
    check: () => checks.check(),
    ...reading,
    ...createWriting(bucket),
    ...multipart,
    ...createCopying({ ...bucket, objects: { ...reading, ...multipart }, limits }),
    ...createSigner({ ...options, clock }),
  };
}

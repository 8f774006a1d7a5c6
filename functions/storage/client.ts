import { S3Client } from "@aws-sdk/client-s3";
import { NativeSha256 } from "./native-sha256.ts";
import { StorageError, type ObjectPresentation } from "./storage.ts";
import { createTransport } from "./transport.ts";

/** Where a bucket is, and who asks. */
export type BucketAddress = {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  forcePathStyle: boolean;
};

export type ClientOptions = BucketAddress & {
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Whether to hash bodies for the signature (default). Not needed on a way to the bucket that nobody else can reach. */
  signBodies?: boolean;
};

/** A client and the bucket that it is for. */
export type BucketClient = { client: S3Client; bucket: string };

/** How long an answer may take, by the kind of request. */
export const timeouts = {
  /** Metadata only: a store answers in well under a second, or something is wrong. */
  read: { requestTimeout: 10_000 },
  /** A part of some MiB over a slow link. */
  write: { requestTimeout: 60_000 },
  /** The store moves the bytes before it answers. */
  copy: { requestTimeout: 300_000 },
};

/** The AWS SDK's client without its own retries, on plain `fetch` and native hashes. */
export function createClient(options: ClientOptions): BucketClient {
  const { bucket, endpoint, region, forcePathStyle, accessKeyId, secretAccessKey } = options;
  const send = options.fetch ?? ((url: string, init: RequestInit) => fetch(url, init));
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle,
    credentials: { accessKeyId, secretAccessKey },
    // By default the SDK adds a CRC32 of its own, which presigned requests and several stores cannot handle.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    expectContinueHeader: false,
    maxAttempts: 1,
    sha256: NativeSha256,
    requestHandler: createTransport(send),
  });
  if (options.signBodies === false) signNoBodies(client);
  return { client, bucket };
}

function signNoBodies(client: S3Client): void {
  client.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { headers: Record<string, string> };
      request.headers["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD";
      return next(args);
    },
    { step: "build", name: "unsignedBodies" },
  );
}

/** An object's presentation, by the names that the SDK uses. */
export function presentationHeaders({ contentType, contentDisposition, cacheControl }: ObjectPresentation) {
  return { ContentType: contentType, ContentDisposition: contentDisposition, CacheControl: cacheControl };
}

/** Null where the object that was asked for does not exist. */
export async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof StorageError && error.code === "not-found") return null;
    throw error;
  }
}

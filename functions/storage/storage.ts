/** Bytes in an S3-compatible bucket. Keys are built from ids and hashes by the callers, never from client text alone. */

export type ObjectInfo = { size: number; etag: string; contentType?: string; lastModified?: Date };
export type ListedObject = { key: string; size: number; lastModified: Date };
export type UploadedPart = {
  partNumber: number;
  etag: string;
  /** In hex, of a part that was sent with it as its Content-Digest. */
  sha256?: string | undefined;
};

/**
 * What a client must send: a PUT with exactly these headers and a body of exactly the signed size. Content-Length is signed
 * too, but is not among the headers, because HTTP libraries set it from the body (for a stream, the client has to).
 */
export type SignedRequest = {
  url: string;
  headers: Record<string, string>;
  /** Where the store compares the bytes with a Content-Digest (RFC 9530), which needs no signature. */
  digest?: "sha-256" | undefined;
};

/**
 * How an object presents itself when it is fetched. This is stored with the object, because not every store honours
 * overrides in a URL.
 */
export type ObjectPresentation = { contentType: string; contentDisposition?: string; cacheControl?: string };

/** The type that every object is served as, whatever its publisher called it, so that browsers save it and run nothing. */
export const SERVED_TYPE = "application/octet-stream";

/** Whether the bucket can be used and, where its answer has a date, how far its clock is ahead of ours. */
export type BucketCheck = { state: "ok" | "missing" | "refused" | "unreachable"; aheadMs?: number };

export interface Storage {
  /** Asks once, without retries, whether the bucket is there and lets our key in. Never rejects. */
  check(): Promise<BucketCheck>;

  /** Size and ETag of an object, or null where there is none. */
  head(key: string): Promise<ObjectInfo | null>;

  /**
   * The SHA-256 (hex) that the store itself has taken of an object's bytes, with the ETag of these bytes. Null where the
   * store has taken none or is not trusted; the bytes then have to be read.
   */
  knownSha256(key: string): Promise<{ etag: string; sha256: string } | null>;

  /**
   * An object's bytes, or those of an inclusive range. Null where there is none.
   * @throws StorageError `precondition-failed` when the object's ETag is no longer `ifMatch`; `invalid` for a
   *   range beyond the end, or an object stored with a Content-Encoding, whose bytes cannot be had as they are.
   */
  get(
    key: string,
    options?: { range?: { start: number; end: number }; ifMatch?: string },
  ): Promise<(ObjectInfo & { body: ReadableStream<Uint8Array> }) | null>;

  /**
   * Stores an object. `sha256` (hex) is that of the body, where it is known, so that it is not taken again for the
   * signature.
   */
  put(
    key: string,
    body: Uint8Array,
    presentation: ObjectPresentation & { sha256?: string },
  ): Promise<{ etag: string }>;

  /** Deletes an object; it is no error when there is none. */
  delete(key: string): Promise<void>;

  /**
   * Copies inside the bucket, in one step when it is small and by parts when not.
   * @throws StorageError `precondition-failed` when the source's ETag is no longer `ifMatch`; `not-found` without a source.
   */
  copy(
    from: string,
    to: string,
    options: ObjectPresentation & { size: number; ifMatch: string },
  ): Promise<void>;

  /**
   * One page of at most 1,000 objects in key order, beginning after the key `after`. `next` is the `after` of the following
   * page.
   */
  list(prefix: string, after?: string): Promise<{ objects: ListedObject[]; next?: string | undefined }>;

  createMultipart(key: string, presentation: ObjectPresentation): Promise<string>;
  uploadPart(key: string, uploadId: string, partNumber: number, body: Uint8Array): Promise<UploadedPart>;

  /**
   * Completes a multipart upload. Parts that say their SHA-256 must have been sent with it, where the store checks that. Where the answer leaves it open whether that worked, the key is checked before it counts
   * as failed.
   */
  completeMultipart(key: string, uploadId: string, parts: UploadedPart[]): Promise<{ etag: string }>;

  /** Aborts a multipart upload; it is no error when there is none. */
  abortMultipart(key: string, uploadId: string): Promise<void>;

  /**
   * A GET that serves the object under `fileName`, on the public endpoint. Seconds, 1 to 604,800. Of a bucket that this server
   * itself serves, this and the PUTs below are relative to its own origin: see `absoluteUrl`. `cacheControl` takes the place
   * of the object's own.
   */
  signGet(
    key: string,
    options: { expiresIn: number; fileName: string; contentType: string; cacheControl?: string },
  ): Promise<string>;

  /**
   * A PUT of exactly `size` bytes; length, type and the checksum are signed, on the public endpoint. `sha256` in hex.
   * S3 and our own bucket refuse an `x-amz-copy-source` that is not among the signed headers. MinIO up to its last release,
   * and what descends from it, obey it whatever is signed, for a copy looks at neither length nor checksum: no signature can
   * forbid it there. Nothing is gained by such a copy, because the object that it makes is verified like any other: its bytes
   * must have the declared SHA-256.
   */
  signPut(
    key: string,
    options: { expiresIn: number; size: number; contentType: string; sha256?: string; md5?: string },
  ): Promise<SignedRequest>;

  /** A PUT of one part of exactly `size` bytes, on the public endpoint; of copies the same holds. `md5` in base64. */
  signPart(
    key: string,
    uploadId: string,
    partNumber: number,
    options: { expiresIn: number; size: number; md5?: string },
  ): Promise<SignedRequest>;
}

/** `unavailable` may pass by itself; `misconfigured` (no such bucket, our key refused) has to be mended by the operator. */
export type StorageErrorCode =
  | "not-found"
  | "precondition-failed"
  | "invalid"
  | "unavailable"
  | "misconfigured";

/** A failure of the bucket in our own terms. `cause` is only for the log. */
export class StorageError extends Error {
  readonly code: StorageErrorCode;
  constructor(code: StorageErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "StorageError";
    this.code = code;
  }
}

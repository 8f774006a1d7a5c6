import type { IncomingHttpHeaders } from "node:http";
import type { Faults } from "./faults.ts";
import type { CorsRule } from "./http/cors.ts";
import type { Operation } from "./operation.ts";
import type { Credentials } from "./signature/credentials.ts";

export type Limits = {
  /** The smallest part except for the last. Bytes. */
  minPartBytes: number;
  /** Whether all parts but the last must have one size, which is checked when the upload is completed, as R2 does. */
  equalParts: boolean;
  /** The largest source of a copy in one step. Bytes. */
  maxCopyBytes: number;
  /** How many bytes completing an upload may wait to be hashed. Where more are left, the object's SHA-256 is not known. */
  maxLateHashBytes: number;
  /** Entries in one page of any listing. */
  pageSize: number;
};

/** What tests see of a request; the status is there once it was answered. */
export type SeenRequest = {
  operation: Operation | undefined;
  key: string;
  headers: IncomingHttpHeaders;
  status: number | undefined;
};

export type BucketOptions = {
  /** The folder in which everything is kept; it is made where it is missing. */
  folder: string;
  /** The one bucket that there is. */
  bucket: string;
  /** A unix socket, or a port of 127.0.0.1 (0: any that is free). */
  listen: { socket: string } | { port: number };
  /** In front of `/<bucket>/<key>`, such as "/s3". */
  basePath?: string;
  /** Hosts for which a signature may be made although the request came to another host. */
  signedHosts?: string[];
  /** The CORS rules until PutBucketCors sets others. */
  cors?: CorsRule[];
  /** Answers `x-slipway-file: accept` with a file's name instead of its bytes; for a trusted front alone. */
  handsOverFiles?: boolean;
  /** False: nothing is synced to the disk, for tests. */
  durable?: boolean;
  /** Whether to refuse what R2 refuses. */
  strictAs?: "r2";
  /** Milliseconds since 1970. */
  clock?: () => number;
  faults?: Faults;
  onRequest?: (request: SeenRequest) => void;
} & Credentials &
  Partial<Limits>;

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** S3's own limits, where no option sets others. */
const LIMITS: Limits = {
  minPartBytes: 5 * MIB,
  equalParts: true,
  maxCopyBytes: 5 * GIB,
  maxLateHashBytes: 8 * GIB,
  pageSize: 1000,
};

/** The most bytes of one PUT, whole object or part, as S3. */
export const MAX_PUT_BYTES = 5 * GIB;

/** Pages of any origin may use a URL that they were given, because the credential is its signature, never a cookie. */
const DEFAULT_CORS: CorsRule[] = [
  {
    allowedOrigins: ["*"],
    allowedMethods: ["GET", "HEAD", "PUT"],
    allowedHeaders: ["*"],
    exposeHeaders: ["ETag", "Content-Range", "Content-Length", "Accept-Ranges"],
    maxAgeSeconds: 86_400,
  },
];

export function limitsOf(options: BucketOptions): Limits {
  const { minPartBytes, equalParts, maxCopyBytes, maxLateHashBytes, pageSize } = {
    ...LIMITS,
    ...defined(options),
  };
  return { minPartBytes, equalParts, maxCopyBytes, maxLateHashBytes, pageSize };
}

export const corsOf = (options: BucketOptions): CorsRule[] => options.cors ?? DEFAULT_CORS;

function defined(options: BucketOptions): Partial<Limits> {
  return Object.fromEntries(Object.entries(options).filter((pair) => pair[1] !== undefined));
}

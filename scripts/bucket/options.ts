import type { IncomingHttpHeaders } from "node:http";
import type { Faults } from "./faults.ts";
import type { CorsRule } from "./http/cors.ts";
import type { Operation } from "./operation.ts";
import type { Credentials } from "./signature/credentials.ts";

export type Limits = {
  /** Smallest part but the last, bytes. */
  minPartBytes: number;
  /** All parts but the last of one size, found out when the upload is completed, as R2 does. */
  equalParts: boolean;
  /** Largest source of a copy in one step, bytes. */
  maxCopyBytes: number;
  /** What completing an upload may wait to be hashed, bytes; of an object that is further behind the SHA-256 is not known. */
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
  /** Where everything is kept; made if it is not there. */
  folder: string;
  /** The one bucket that there is. */
  bucket: string;
  /** A unix socket, or a port of 127.0.0.1 (0: any that is free). */
  listen: { socket: string } | { port: number };
  /** In front of `/<bucket>/<key>`, such as "/s3". */
  basePath?: string;
  /** Hosts that a signature may be for although the request came to another. */
  signedHosts?: string[];
  /** Until PutBucketCors says otherwise. */
  cors?: CorsRule[];
  /** Answers `x-slipway-file: accept` with a file's name instead of its bytes; for a trusted front alone. */
  handsOverFiles?: boolean;
  /** False: nothing is synced to the disk, for tests. */
  durable?: boolean;
  /** What R2 refuses is refused, too. */
  strictAs?: "r2";
  /** Milliseconds since 1970. */
  clock?: () => number;
  faults?: Faults;
  onRequest?: (request: SeenRequest) => void;
} & Credentials &
  Partial<Limits>;

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** S3's own, where an option says nothing else. */
const LIMITS: Limits = {
  minPartBytes: 5 * MIB,
  equalParts: true,
  maxCopyBytes: 5 * GIB,
  maxLateHashBytes: 8 * GIB,
  pageSize: 1000,
};

/** The most bytes of one PUT, whole object or part, as S3. */
export const MAX_PUT_BYTES = 5 * GIB;

/** The signature is the credential, never a cookie: pages of any origin may use a URL that they were given. */
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

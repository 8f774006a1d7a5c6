import type { RateLimit } from "@cloudflare/workers-types";
import { createDatabase, type Database } from "./database/database.ts";
import type { Config } from "./env.ts";
import type { HashModules } from "../kit/hash/hash.ts";
import { createLogSink, writeLogs, type LogSink } from "./log/log-sink.ts";
import { createLogger, type Logger } from "./log/logger.ts";
import { createRateLimiter, type RateLimiter } from "./http/rate-limit.ts";
import { createS3Storage } from "../storage/s3.ts";
import type { Storage } from "../storage/storage.ts";

/** What all requests of an isolate share. */
export type Deps = {
  config: Config;
  db: Database;
  storage: Storage;
  log: Logger;
  logSink: LogSink;
  /** Milliseconds since 1970. */
  clock: () => number;
  limits: { queries: RateLimiter };
  hashModules: HashModules;
  /** Static files: the documentation pages and what they load. */
  assets: (request: Request) => Promise<Response>;
  clientAddress: (request: Request) => string;
  /** The cache of this Cloudflare location, which its isolates share. Other platforms have none. */
  edgeCache: EdgeCache | undefined;
};

export type EdgeCache = {
  match(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<void>;
  delete(url: string): Promise<boolean>;
};

/** What the platform puts between the Worker and the network. */
export type EdgePlatform = {
  /** The address that a request really came from, or "unknown". */
  clientAddress: (request: Request) => string;
  edgeCache?: EdgeCache;
  /** How to reach a bucket that is not on the network. */
  bucket?: (url: string, init: RequestInit) => Promise<Response>;
};

/** What only the platform can provide. */
export type Platform = EdgePlatform & {
  hashModules: HashModules;
  queryLimiter: RateLimit | undefined;
  assets: Deps["assets"];
};

export function createDeps(config: Config, platform: Platform): Deps {
  const clock = () => Date.now();
  const db = createDatabase({ url: config.LIBSQL_URL, authToken: config.LIBSQL_AUTH_TOKEN });
  const logSink = createLogSink((entries) => writeLogs(db, entries), clock);
  return {
    config,
    clock,
    db,
    storage: createS3Storage({
      endpoint: config.S3_ENDPOINT,
      publicEndpoint: config.S3_PUBLIC_ENDPOINT,
      region: config.S3_REGION,
      bucket: config.S3_BUCKET,
      accessKeyId: config.S3_ACCESS_KEY_ID,
      secretAccessKey: config.S3_SECRET_ACCESS_KEY,
      forcePathStyle: config.S3_FORCE_PATH_STYLE,
      fetch: platform.bucket,
      signBodies: platform.bucket === undefined,
      embedded: platform.bucket !== undefined,
    }),
    log: createLogger(console.log, logSink),
    logSink,
    limits: { queries: createRateLimiter(config.QUERIES_PER_MINUTE, platform.queryLimiter, clock) },
    hashModules: platform.hashModules,
    assets: platform.assets,
    clientAddress: platform.clientAddress,
    edgeCache: platform.edgeCache,
  };
}

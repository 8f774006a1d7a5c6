import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { WorkerOptions } from "miniflare";
import { doorModule } from "./bucket-door.ts";
import { S3_PATH } from "./settings.ts";

export type EmbeddedBucket = {
  /** The name in URLs. */
  name: string;
  /** The name that data is kept under; a secret (see Secrets). */
  id: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Host names, besides the loopback ones, under which clients reach this server. */
  hosts: string[];
};

/**
 * Miniflare's S3 service, bound by ourselves: the service that Miniflare would add also serves every object unsigned at
 * /cdn-cgi/local/r2/public/<bucket id>/<key>, and an id that nobody knows is what closes that door.
 */
export function embeddedBucket(bucket: EmbeddedBucket): WorkerOptions {
  const folder = join(dirname(createRequire(import.meta.url).resolve("miniflare")), "workers", "r2", "s3");
  const path = join(folder, "index.worker.js");
  const { name, id, accessKeyId, secretAccessKey } = bucket;
  return {
    name: "s3",
    compatibilityDate: "2026-01-01",
    compatibilityFlags: ["nodejs_compat"],
    modulesRoot: folder,
    modules: [
      { type: "ESModule", path: join(folder, "slipway-door.js"), contents: doorModule },
      { type: "ESModule", path, contents: readFileSync(path, "utf8") },
    ],
    routes: ["*", ...bucket.hosts].map((host) => `${host}${S3_PATH}/*`),
    r2Buckets: { [`MINIFLARE_R2_S3_BUCKET_${name}`]: { id } },
    bindings: { MINIFLARE_R2_S3_CREDENTIALS: { [name]: { accessKeyId, secretAccessKey } } },
  };
}

import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBucket } from "../../scripts/bucket/bucket.ts";
import { createFaults, type Fault } from "../../scripts/bucket/faults.ts";
import type { BucketOptions } from "../../scripts/bucket/options.ts";
import type { SeenRequest } from "../../scripts/bucket/options.ts";

/**
 * The bucket that `npm start` runs, strict as R2, on a random port, in a folder of its own that goes with it, with faults
 * to order and what it was asked for to look at.
 */
export async function startTestBucket(options: Partial<BucketOptions> = {}) {
  const access = {
    bucket: "packages",
    region: "auto",
    accessKeyId: "FAKEACCESSKEY",
    secretAccessKey: "fake/secret+access=key",
  };
  const folder = await mkdtemp(join(tmpdir(), "slipway-bucket-"));
  const faults = createFaults();
  const requests: SeenRequest[] = [];
  const running = await startBucket({
    ...access,
    listen: { port: 0 },
    durable: false,
    strictAs: "r2",
    cors: [],
    ...options,
    folder,
    faults,
    onRequest: (request) => void requests.push(request),
  });
  return {
    ...access,
    endpoint: running.endpoint,
    folder,
    sweep: () => running.sweep(),
    /** What is stored, by key, with its bytes; a snapshot. */
    objects: () =>
      new Map(
        running
          .snapshot()
          .objects.map(({ path, ...object }) => [
            object.key,
            Object.assign(object, { body: readFileSync(path).subarray(0, object.size) }),
          ]),
      ),
    /** Multipart uploads under way, by id; a snapshot. */
    uploads: () => new Map(running.snapshot().uploads.map((upload) => [upload.id, upload])),
    fail: (fault: Fault) => faults.add(fault),
    /** Every request so far, oldest first. */
    requests,
    async stop() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type TestBucket = Awaited<ReturnType<typeof startTestBucket>>;

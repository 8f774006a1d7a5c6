import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client/http";
import { expect, test } from "vitest";
import { createS3Storage } from "../../functions/storage/s3.ts";
import { startTestBucket } from "../support/bucket.ts";
import { startTestStack } from "../support/start-test-stack.ts";

/** Objects, one on each page; a run looks at up to twenty pages. */
const PAGES = 20;

test.each([
  ["at its next slice, with its cursor", false, /^objects\/0\d$/],
  ["in the midst of a slice that takes longer than anybody waits", true, /^$/],
])("a stack that stops ends a job under way %s, and no lease is left", async (_name, isHeld, cursor) => {
  const folder = await mkdtemp(join(tmpdir(), "slipway-stop-"));
  const fake = await startTestBucket({ pageSize: 1 });
  const stopped = Promise.withResolvers<void>();
  const settings = {
    S3_ENDPOINT: fake.endpoint,
    S3_BUCKET: fake.bucket,
    S3_REGION: fake.region,
    S3_ACCESS_KEY_ID: fake.accessKeyId,
    S3_SECRET_ACCESS_KEY: fake.secretAccessKey,
    S3_FORCE_PATH_STYLE: "true",
  };
  const start = () => startTestStack(settings, folder, join(folder, "worker.log"));
  try {
    const bucket = createS3Storage({ ...fake, forcePathStyle: true });
    for (let index = 0; index < PAGES; index++) {
      const type = { contentType: "text/plain" };
      await bucket.put(`objects/${String(index).padStart(2, "0")}`, new Uint8Array(1), type);
    }
    const listings = () => fake.requests.filter(({ operation }) => operation === "ListObjectsV2").length;
    // Held ones are answered when the stack has stopped: if it waited for one, the test would never end.
    const until = isHeld ? stopped.promise : undefined;
    fake.fail({ operation: "ListObjectsV2", kind: "delay", delayMs: 500 });
    fake.fail({ operation: "ListObjectsV2", kind: "delay", delayMs: 500, until, times: PAGES });

    const first = await start();
    const ticking = first.runCron("17 3 * * *").catch(() => undefined);
    await expect.poll(listings, { timeout: 30_000 }).toBeGreaterThan(1);
    await first.stop();
    await ticking;
    stopped.resolve();
    expect(listings()).toBeLessThan(6);

    const second = await start();
    try {
      const { LIBSQL_URL: url = "", LIBSQL_AUTH_TOKEN: authToken } = second.settings;
      const client = createClient({ url, ...(authToken ? { authToken } : {}) });
      const { rows } = await client.execute(
        "SELECT coalesce(cursor, '') AS cursor, holder, lease_until FROM jobs WHERE name = 'reconcile-objects'",
      );
      client.close();
      expect(rows).toMatchObject([{ cursor: expect.stringMatching(cursor), holder: null, lease_until: 0 }]);
    } finally {
      await second.stop();
    }
  } finally {
    stopped.resolve();
    await fake.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

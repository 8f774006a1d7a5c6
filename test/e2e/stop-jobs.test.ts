import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client/http";
import { expect, test } from "vitest";
import { createS3Storage } from "../../functions/core/storage.s3.ts";
import { startTestBucket } from "../support/bucket.ts";
import { startTestStack } from "../support/start-test-stack.ts";

/** Each page of a listing takes so long, and a run looks at up to twenty. */
const PAGE_MS = 500;
const PAGES = 20;

test("a stack that stops ends a job under way at its next slice, and the next one goes on from there at once", async () => {
  const folder = await mkdtemp(join(tmpdir(), "slipway-stop-"));
  const fake = await startTestBucket({ pageSize: 1 });
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
    fake.fail({ operation: "ListObjectsV2", kind: "delay", delayMs: PAGE_MS, times: PAGES });

    const first = await start();
    const ticking = first.runCron("17 3 * * *");
    await expect.poll(listings, { timeout: 10_000 }).toBe(3);
    const stoppedAt = Date.now();
    await first.stop();
    await ticking.catch(() => undefined);
    expect(Date.now() - stoppedAt).toBeLessThan((PAGES / 2) * PAGE_MS);
    expect(listings()).toBeLessThan(6);

    const second = await start();
    try {
      const { LIBSQL_URL: url = "", LIBSQL_AUTH_TOKEN: authToken } = second.settings;
      const client = createClient({ url, ...(authToken ? { authToken } : {}) });
      const { rows } = await client.execute(
        "SELECT name, cursor, holder, lease_until FROM jobs WHERE name IN ('reconcile-objects', 'archive-logs')",
      );
      client.close();
      const cursor = expect.stringMatching(/^objects\/0\d$/);
      expect(rows).toMatchObject([{ name: "reconcile-objects", cursor, holder: null, lease_until: 0 }]);
    } finally {
      await second.stop();
    }
  } finally {
    await fake.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

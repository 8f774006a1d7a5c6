import { createClient } from "@libsql/client/http";
import type { Client } from "@libsql/client/http";
import { createS3Storage } from "../../functions/storage/s3.ts";
import type { Storage } from "../../functions/storage/storage.ts";
import { bucketOf } from "../bench/bench-stack.ts";
import type { Stack } from "../stack/stack.ts";

const HOUR_MS = 3_600_000;
/** Longer than any grace period, lease or lifetime. */
const LONG_MS = 100 * HOUR_MS;

/** Access to a stack's database, bucket and jobs, past its API. */
export type Aftermath = {
  query: <T>(sql: string) => Promise<T[]>;
  keys: (prefix: string) => Promise<string[]>;
  /** Runs the cron jobs until no upload is left to verify. */
  finish: () => Promise<void>;
  /** Makes leases, deadlines and grace periods end in the database, and runs the jobs that wait for that. */
  letTimePass: () => Promise<void>;
  close: () => void;
};

export function lookBehind(stack: Stack): Aftermath {
  const settings = bucketOf(stack.url, stack.settings);
  const client: Client = createClient({
    url: settings.LIBSQL_URL ?? "",
    authToken: settings.LIBSQL_AUTH_TOKEN,
  });
  const storage: Storage = createS3Storage({
    endpoint: settings.S3_ENDPOINT ?? "",
    region: settings.S3_REGION ?? "",
    bucket: settings.S3_BUCKET ?? "",
    accessKeyId: settings.S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: settings.S3_SECRET_ACCESS_KEY ?? "",
    forcePathStyle: true,
  });
  const query = async <T>(sql: string) => (await client.execute(sql)).rows as unknown as T[];
  const endLeases = async () => {
    await client.batch(["UPDATE jobs SET lease_until = 0", "UPDATE uploads SET lease_until = 0"], "write");
  };

  return {
    query,
    async keys(prefix) {
      const keys: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await storage.list(prefix, cursor);
        keys.push(...page.objects.map((object) => object.key));
        cursor = page.next;
        if (cursor === undefined) return keys;
      }
    },
    async finish() {
      await endLeases();
      let before = -1;
      for (;;) {
        await stack.runCron("* * * * *");
        const open = await query("SELECT id, bytes_verified FROM uploads WHERE state = 'verifying'");
        const progress = JSON.stringify(open).length + open.length;
        if (open.length === 0 || progress === before) return;
        before = progress;
      }
    },
    async letTimePass() {
      await endLeases();
      await client.execute(`UPDATE uploads SET expires_at = expires_at - ${LONG_MS} WHERE state = 'pending'`);
      await stack.runCron("*/10 * * * *");
      await client.batch(
        [
          `UPDATE uploads SET ended_at = ended_at - ${2 * HOUR_MS} WHERE ended_at IS NOT NULL`,
          `UPDATE blobs SET released_at = released_at - ${LONG_MS} WHERE refs = 0`,
        ],
        "write",
      );
      // A run of a job takes only so many rows, so one may not be enough.
      for (let run = 0; run < 10; run++) await stack.runCron("*/10 * * * *");
    },
    close: () => client.close(),
  };
}

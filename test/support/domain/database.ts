import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type InStatement } from "@libsql/client/http";
import { openDataDir } from "../../../scripts/stack/data-dir.ts";
import { startGuard } from "../../../scripts/stack/guard.ts";
import { migrateDatabase } from "../../../scripts/stack/migrations.ts";
import { openSecrets } from "../../../scripts/stack/secrets.ts";
import { startSqld } from "../../../scripts/stack/sqld.ts";

const EMPTY = [
  "DROP TRIGGER IF EXISTS ledger_never_forgets",
  "DELETE FROM ledger",
  "DELETE FROM ledger_sums",
  "DELETE FROM balances",
  "UPDATE ledger_totals SET amount = 0",
  "DELETE FROM redemptions",
  "DELETE FROM recharge_codes",
  "DELETE FROM tasks",
  "DELETE FROM task_inputs",
  "DELETE FROM gpu_servers",
  "DELETE FROM task_counts",
  "DELETE FROM settings",
  "DELETE FROM logs",
  "DELETE FROM webhook_endpoints",
  "DELETE FROM quota_levels",
  "DELETE FROM appcasts",
  "DELETE FROM rollouts",
  "DELETE FROM device_signals",
  "DELETE FROM signal_counts",
  "DELETE FROM devices",
  "DELETE FROM daily_counts",
  "DELETE FROM packages",
  "DELETE FROM plugins",
  "DELETE FROM backups",
  "UPDATE download_totals SET downloads = 0",
  "DELETE FROM ledger_checks",
  "DELETE FROM versions",
  "DELETE FROM software WHERE slug <> 'omega'",
  "DELETE FROM uploads",
  "DELETE FROM blobs",
  "DELETE FROM jobs",
  "DELETE FROM audit",
  "DELETE FROM api_keys",
  "DELETE FROM login_attempts",
  "DELETE FROM sessions",
  "DELETE FROM users",
  "UPDATE usage SET bytes = 0",
];

/** A real sqld of its own with the real migrations, in a folder that goes with it. */
export async function startTestDatabase() {
  const folder = await mkdtemp(join(tmpdir(), "slipway-domain-"));
  const dir = await openDataDir(folder);
  const guard = startGuard([dir.sqldPid]);
  const sqld = await startSqld(dir, openSecrets(folder).secrets, {
    notice: (line) => process.stderr.write(`${line}\n`),
    gaveUp: (error) => process.stderr.write(`${error.message}\n`),
  });
  const { url, authToken } = sqld;
  await migrateDatabase(url, authToken);
  const client = createClient({ url, authToken });
  const { rows: definitions } = await client.execute(
    "SELECT replace(sql, 'CREATE TRIGGER', 'CREATE TRIGGER IF NOT EXISTS') AS ddl FROM sqlite_master WHERE type = 'trigger'",
  );
  const triggers = definitions.map(({ ddl }) => ddl as string);

  return {
    url,
    authToken,
    /** The rows of a query, each an object by column name. */
    async rows<T = Record<string, unknown>>(statement: InStatement): Promise<T[]> {
      const { rows, columns } = await client.execute(statement);
      return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])) as T);
    },
    /** As after the migrations, triggers that a test has dropped included. */
    empty: () => client.batch([...EMPTY, ...triggers], "write"),
    async stop() {
      client.close();
      await sqld.stop();
      guard.release();
      dir.release();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type TestDatabase = Awaited<ReturnType<typeof startTestDatabase>>;

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createClient, type Client } from "@libsql/client/http";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StackError } from "../../scripts/stack/errors.ts";
import { startPlainSqld } from "../support/plain-sqld.ts";
import earlierBuild from "./earlier-build.json" with { type: "json" };

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const MIGRATE = fileURLToPath(new URL("../../scripts/migrate.ts", import.meta.url));
const LINE =
  /^This build cannot read data of an earlier build .* changed nothing: keep it and start with a new DATA_DIR .*$/;

let server: Awaited<ReturnType<typeof startPlainSqld>>;
let client: Client;
beforeEach(async () => {
  server = await startPlainSqld();
  client = createClient({ url: server.url });
});
afterEach(async () => {
  client.close();
  await server.stop();
});

/** As the migrator makes and fills it. */
async function noteMigrations(rows: { hash: string; created_at: number }[]): Promise<void> {
  await client.batch(
    [
      "CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)",
      ...rows.map(({ hash, created_at }) => ({
        sql: "INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)",
        args: [hash, created_at],
      })),
    ],
    "write",
  );
}

async function contents() {
  const { rows } = await client.execute("SELECT name, sql FROM sqlite_master ORDER BY name");
  const noted = await client.execute("SELECT hash, created_at FROM __drizzle_migrations ORDER BY created_at");
  return {
    objects: rows.map(({ name }) => name),
    noted: noted.rows.map(({ hash, created_at }) => ({ hash, created_at })),
  };
}

test("a database of an earlier build is refused with one line, and nothing in it changes", async () => {
  await noteMigrations(earlierBuild);
  const before = await contents();
  expect(before.noted).toEqual(earlierBuild);

  const refusal = await server.migrate().catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(StackError);
  expect((refusal as StackError).message).toMatch(LINE);
  expect(await contents()).toEqual(before);
});

test("npm run migrate says that line and fails", async () => {
  await noteMigrations(earlierBuild);
  const env = { ...process.env, LIBSQL_URL: server.url, LIBSQL_AUTH_TOKEN: "" };
  const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) =>
    execFile(process.execPath, [MIGRATE], { env }, (error, _stdout, errors) =>
      resolve({ code: error?.code, stderr: errors }),
    ),
  );
  expect(code).toBe(1);
  expect(stderr.trimEnd()).toMatch(LINE);
});

test("one with only the first of an earlier build's migrations is refused as well", async () => {
  await noteMigrations(earlierBuild.slice(0, 1));
  await expect(server.migrate()).rejects.toThrow(LINE);
});

test("a database of this build is migrated again without a change, one of a later build is left to it", async () => {
  await server.migrate();
  const migrated = await contents();
  expect(migrated.objects).toContain("ledger_moves_balance");
  await server.migrate();
  expect(await contents()).toEqual(migrated);

  const later = { hash: "0".repeat(64), created_at: 9_999_999_999_999 };
  await noteMigrations([later]);
  await server.migrate();
  expect(await contents()).toEqual({ ...migrated, noted: [...migrated.noted, later] });
});

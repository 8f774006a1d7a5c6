import { open } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { sharedSync } from "./shared-sync.ts";

export type Database = Awaited<ReturnType<typeof openDatabase>>;

/** Keys are bytes: their order is that of UTF-8, and none of them is anything but itself. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS objects (
    key BLOB PRIMARY KEY, file TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
    metadata TEXT NOT NULL, modified INTEGER NOT NULL, sha256 TEXT) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS objects_file ON objects (file);
  CREATE TABLE IF NOT EXISTS uploads (
    id TEXT PRIMARY KEY, key BLOB NOT NULL, metadata TEXT NOT NULL, initiated INTEGER NOT NULL,
    touched INTEGER NOT NULL, file TEXT, part_bytes INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS uploads_key ON uploads (key, id);
  CREATE INDEX IF NOT EXISTS uploads_file ON uploads (file);
  CREATE TABLE IF NOT EXISTS parts (
    upload TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE, number INTEGER NOT NULL, file TEXT NOT NULL,
    offset INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL,
    sha256 TEXT, PRIMARY KEY (upload, number)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS parts_file ON parts (file);
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** How long to wait for a server that was killed a moment ago. */
const LOCK_TIMEOUT_MS = 3000;

/**
 * The file of rows; one process at a time may have it open. Statements are synchronous and wait for no disk: what they
 * committed is on it once `synced` resolves, which many requests share. (A WAL of SQLite's is durable as far as it is
 * synced; SQLite itself syncs it before it moves anything out of it.)
 */
export async function openDatabase(path: string, durable: boolean) {
  const db = new DatabaseSync(path, { timeout: LOCK_TIMEOUT_MS });
  try {
    db.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;
      PRAGMA synchronous = ${durable ? "NORMAL" : "OFF"}; PRAGMA foreign_keys = ON; ${SCHEMA}`);
    for (const table of ["objects", "parts"]) addSha256(db, table);
  } catch (error) {
    db.close();
    throw error;
  }
  const wal = durable ? await open(`${path}-wal`, "r+") : undefined;
  const sync = sharedSync(() => wal?.datasync() ?? Promise.resolve());
  if (durable) await sync();

  return {
    prepare: (sql: string) => db.prepare(sql),
    /** Runs `change` in a transaction. */
    transaction<T>(change: () => T): T {
      db.exec("BEGIN IMMEDIATE");
      try {
        const result = change();
        db.exec("COMMIT");
        return result;
      } catch (error) {
        db.exec("ROLLBACK");
        throw error;
      }
    },
    /** Resolves once everything that was committed so far would survive a loss of power. */
    synced: (): Promise<void> => (durable ? sync() : Promise.resolve()),
    async close() {
      await wal?.close();
      db.close();
    },
  };
}

/** Adds the column to a table of an earlier version. The hashes of what is in it are unknown. */
function addSha256(db: DatabaseSync, table: string): void {
  const columns = db.prepare("SELECT name FROM pragma_table_info(?)").all(table) as { name: string }[];
  if (!columns.some(({ name }) => name === "sha256")) db.exec(`ALTER TABLE ${table} ADD COLUMN sha256 TEXT`);
}

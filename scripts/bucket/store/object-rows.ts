import type { Metadata } from "../http/metadata.ts";
import type { Database } from "./database.ts";

export type ObjectRow = {
  /** Name of the data file; objects that are copies of each other share it. */
  file: string;
  size: number;
  /** With its quotes. */
  etag: string;
  metadata: Metadata;
  /** Milliseconds since 1970. */
  modified: number;
  /** The SHA-256 of all its bytes, in base64; undefined where it was not taken. */
  sha256?: string | undefined;
};
export type KeyedObject = ObjectRow & { key: string };
export type ObjectRows = ReturnType<typeof objectRows>;

type Stored = Omit<ObjectRow, "metadata" | "sha256"> & {
  key: Uint8Array;
  metadata: string;
  sha256: string | null;
};

/** The rows of objects. */
export function objectRows(db: Database) {
  const find = db.prepare("SELECT * FROM objects WHERE key = ?");
  const put = db.prepare(
    "INSERT OR REPLACE INTO objects (key, file, size, etag, metadata, modified, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const remove = db.prepare("DELETE FROM objects WHERE key = ? RETURNING file");
  const from = db.prepare("SELECT * FROM objects WHERE key >= ? AND key < ? ORDER BY key LIMIT ?");
  const all = db.prepare("SELECT * FROM objects ORDER BY key");

  return {
    find(key: string): ObjectRow | undefined {
      const row = find.get(Buffer.from(key)) as Stored | undefined;
      return row && read(row);
    },
    /** @returns the file of the object that was there before */
    put(key: string, row: ObjectRow): string | undefined {
      const before = (find.get(Buffer.from(key)) as Stored | undefined)?.file;
      const { file, size, etag, modified, sha256 } = row;
      put.run(Buffer.from(key), file, size, etag, JSON.stringify(row.metadata), modified, sha256 ?? null);
      return before;
    },
    /** @returns the file that it had */
    delete: (key: string) => (remove.get(Buffer.from(key)) as { file: string } | undefined)?.file,
    /** Up to `limit` rows, from the key `start` on and before `end`, in order of their bytes. */
    range: (start: Uint8Array, end: Uint8Array, limit: number): KeyedObject[] =>
      (from.all(start, end, limit) as Stored[]).map(read),
    all: (): KeyedObject[] => (all.all() as Stored[]).map(read),
  };
}

function read(row: Stored): KeyedObject {
  const metadata = JSON.parse(row.metadata) as Metadata;
  return { ...row, key: Buffer.from(row.key).toString("utf8"), metadata, sha256: row.sha256 ?? undefined };
}

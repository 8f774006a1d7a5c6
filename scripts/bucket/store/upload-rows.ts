import type { Metadata } from "../http/metadata.ts";
import type { Database } from "./database.ts";

export type UploadRow = {
  id: string;
  key: string;
  metadata: Metadata;
  initiated: number;
  /** The file whose slots of `part_bytes` bytes are the places of the parts, once a part has come. */
  file: string | null;
  part_bytes: number;
};
export type PartRow = {
  number: number;
  file: string;
  /** Where in the file it begins. */
  offset: number;
  size: number;
  etag: string;
  modified: number;
  /** In base64, where the bytes were declared to have it, and have it. */
  sha256: string | null;
};
export type UploadRows = ReturnType<typeof uploadRows>;

type Stored = Omit<UploadRow, "key" | "metadata"> & { key: Uint8Array; metadata: string };

/** The rows of multipart uploads and their parts. */
export function uploadRows(db: Database) {
  const find = db.prepare("SELECT * FROM uploads WHERE id = ?");
  const add = db.prepare(
    "INSERT INTO uploads (id, key, metadata, initiated, touched) VALUES (?, ?, ?, ?, ?)",
  );
  const setMain = db.prepare("UPDATE uploads SET file = ?, part_bytes = ? WHERE id = ?");
  const touch = db.prepare("UPDATE uploads SET touched = ? WHERE id = ?");
  const remove = db.prepare("DELETE FROM uploads WHERE id = ?");
  const untouched = db.prepare("SELECT id FROM uploads WHERE touched < ?");
  const list = db.prepare(
    "SELECT * FROM uploads WHERE (key, id) > (?, ?) AND key >= ? AND key < ? ORDER BY key, id LIMIT ?",
  );
  const part = db.prepare("SELECT * FROM parts WHERE upload = ? AND number = ?");
  const parts = db.prepare("SELECT * FROM parts WHERE upload = ? AND number > ? ORDER BY number LIMIT ?");
  const putPart = db.prepare(
    "INSERT OR REPLACE INTO parts (upload, number, file, offset, size, etag, modified, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  );

  return {
    find(id: string): UploadRow | undefined {
      const row = find.get(id) as Stored | undefined;
      return row && read(row);
    },
    add: (id: string, key: string, metadata: Metadata, now: number) =>
      void add.run(id, Buffer.from(key), JSON.stringify(metadata), now, now),
    setMain: (id: string, file: string, partBytes: number) => void setMain.run(file, partBytes, id),
    /** Together with its parts. */
    delete: (id: string) => void remove.run(id),
    /** The uploads to which no part has come since `before`. */
    untouched: (before: number) => (untouched.all(before) as { id: string }[]).map(({ id }) => id),
    /** Up to `limit` uploads after `afterKey` and `afterId`, with keys from `start` on and before `end`. */
    list: (afterKey: string, afterId: string, start: Uint8Array, end: Uint8Array, limit: number) =>
      (list.all(Buffer.from(afterKey), afterId, start, end, limit) as Stored[]).map(read),
    part: (id: string, number: number) => part.get(id, number) as PartRow | undefined,
    /** Up to `limit` parts, in order, after the number `after`. */
    parts: (id: string, after = 0, limit = -1) => parts.all(id, after, limit) as PartRow[],
    putPart(id: string, row: PartRow) {
      putPart.run(id, row.number, row.file, row.offset, row.size, row.etag, row.modified, row.sha256);
      touch.run(row.modified, id);
    },
  };
}

function read(row: Stored): UploadRow {
  const metadata = JSON.parse(row.metadata) as Metadata;
  return { ...row, key: Buffer.from(row.key).toString("utf8"), metadata };
}

import { DatabaseSync } from "node:sqlite";
import type { Metadata } from "../http/metadata.ts";

/** An object as Miniflare's R2 kept it. */
export type OldObject = {
  key: string;
  size: number;
  etag: string;
  metadata: Metadata;
  modified: number;
  /** One, or one for each part. */
  blobs: { id: string; size: number }[];
};

type Row = {
  key: string;
  blob_id: string | null;
  size: number;
  etag: string;
  uploaded: number;
  http_metadata: string;
  custom_metadata: string;
};

const HEADERS: Record<string, string> = {
  cacheControl: "cache-control",
  contentDisposition: "content-disposition",
  contentEncoding: "content-encoding",
  contentLanguage: "content-language",
  contentType: "content-type",
};

/** The finished objects in a database of Miniflare's R2. Its schema: Miniflare 4, `workers/r2/bucket.worker.ts`. */
export function readOldObjects(path: string): OldObject[] {
  const db = new DatabaseSync(path);
  try {
    const table = db.prepare("SELECT 1 FROM sqlite_master WHERE name = '_mf_objects'").get();
    if (table === undefined) return [];
    const parts = db.prepare(
      "SELECT blob_id AS id, size FROM _mf_multipart_parts WHERE object_key = ? ORDER BY part_number",
    );
    const rows = db.prepare("SELECT * FROM _mf_objects ORDER BY key").all() as Row[];
    return rows.map(({ key, blob_id, size, etag, uploaded, ...row }) => ({
      key,
      size,
      etag: `"${etag}"`,
      modified: uploaded,
      metadata: readMetadata(row),
      blobs: blob_id === null ? (parts.all(key) as { id: string; size: number }[]) : [{ id: blob_id, size }],
    }));
  } finally {
    db.close();
  }
}

function readMetadata({
  http_metadata,
  custom_metadata,
}: Pick<Row, "http_metadata" | "custom_metadata">): Metadata {
  const http = JSON.parse(http_metadata) as Record<string, string | number>;
  const own = JSON.parse(custom_metadata) as Record<string, string>;
  const named = Object.entries(http).flatMap(([name, value]) => {
    if (name === "cacheExpiry") return [["expires", new Date(value).toUTCString()] as const];
    const header = HEADERS[name];
    return header === undefined ? [] : [[header, String(value)] as const];
  });
  return Object.fromEntries([
    ...named,
    ...Object.entries(own).map(([name, value]) => [`x-amz-meta-${name.toLowerCase()}`, value] as const),
  ]);
}

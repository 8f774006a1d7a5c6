import type { Ctx } from "../core/context.ts";
import { perIsolate } from "../core/isolate.ts";
import { attachment } from "../storage/attachment.ts";
import { createDownloadCounts, type CountedTable } from "./counts.ts";

/** Long enough to resume a large download over a slow line; unreferenced objects live longer still. */
const URL_SECONDS = 6 * 3600;
/** A signed URL is handed out again for this long, so that every client has at least half of its life left. */
const URL_REUSE_MS = (URL_SECONDS / 2) * 1000;
/** How long another isolate may go on redirecting to a file that was deleted. */
const FILE_FRESH_MS = 30_000;
/** Files of one surface whose URLs an isolate remembers. */
const MAX_FILES = 5_000;

/** An object as it is downloaded: under which name, and as what. */
type NamedObject = { objectKey: string; fileName: string; contentType: string };

/** A file to be downloaded; `id` is that of the row that counts its downloads. */
export type ServedFile = NamedObject & {
  id: number;
  /** Bytes. */
  size: number;
  /** Lower-case hex. */
  sha256: string;
};

/** What differs between surfaces; `P` is what a client names a file by. */
type Source<P> = {
  /** The table whose rows count the downloads. */
  table: CountedTable;
  keyOf: (path: P) => string;
  /** One query. @throws AppError where there is nothing to download. */
  find: (ctx: Ctx, path: P) => Promise<ServedFile>;
};

export type DownloadLinks<P> = {
  /** The file that a path stands for, as it was at most 30 seconds ago. @throws AppError as the surface's own query does. */
  find: (ctx: Ctx, path: P) => Promise<ServedFile>;
  /**
   * A signed GET of the file, good for at least three hours.
   * @param begins whether the request begins a download, which is counted then; so it is where nothing is said
   * @throws AppError as `find`.
   */
  redirect: (ctx: Ctx, path: P, begins?: boolean) => Promise<string>;
  /** Writes the downloads counted in this isolate. */
  flush: (ctx: Ctx) => Promise<void>;
  /** Makes this isolate ask the database again, after a change. */
  forget: (ctx: Ctx) => void;
};

type Entry = { file: ServedFile; foundAt: number; url?: string; signedAt: number };

/** A signed GET of an object, good for six hours. */
export function signDownload(ctx: Ctx, { objectKey, fileName, contentType }: NamedObject): Promise<string> {
  return ctx.deps.storage.signGet(objectKey, { expiresIn: URL_SECONDS, fileName, contentType });
}

/** A surface's downloads: where files are and their signed URLs, remembered by the isolate, and the count of each. */
export function createDownloadLinks<P>({ table, keyOf, find }: Source<P>): DownloadLinks<P> {
  const stateOf = perIsolate(() => ({ entries: new Map<string, Entry>() }));
  const counts = createDownloadCounts(table);

  async function entryOf(ctx: Ctx, path: P): Promise<Entry> {
    const { entries } = stateOf(ctx.deps);
    const key = keyOf(path);
    const known = entries.get(key);
    const now = ctx.deps.clock();
    if (known && now - known.foundAt < FILE_FRESH_MS) return known;
    const file = await find(ctx, path);
    // A change made meanwhile has put another map in the place of this one, and is not answered with what was before.
    entries.delete(key);
    if (entries.size >= MAX_FILES) entries.delete(entries.keys().next().value ?? "");
    const sameObject = known?.file.objectKey === file.objectKey;
    const entry = { signedAt: 0, ...(sameObject ? known : {}), file, foundAt: now };
    entries.set(key, entry);
    return entry;
  }

  return {
    find: async (ctx, path) => (await entryOf(ctx, path)).file,
    async redirect(ctx, path, begins = true) {
      const entry = await entryOf(ctx, path);
      const now = ctx.deps.clock();
      if (entry.url === undefined || now - entry.signedAt > URL_REUSE_MS) {
        entry.url = await signDownload(ctx, entry.file);
        entry.signedAt = now;
      }
      if (begins) counts.add(ctx, entry.file.id);
      return entry.url;
    },
    flush: counts.flush,
    forget(ctx) {
      stateOf(ctx.deps).entries = new Map();
    },
  };
}

/** What HEAD answers of a file: the headers that its GET ends with. */
export function fileHeaders(file: ServedFile): Record<string, string> {
  return {
    "Content-Length": String(file.size),
    "Content-Type": file.contentType,
    "Content-Disposition": attachment(file.fileName),
    "Accept-Ranges": "bytes",
    "X-Checksum-SHA256": file.sha256,
    "Repr-Digest": `sha-256=:${Buffer.from(file.sha256, "hex").toString("base64")}:`,
    "Cache-Control": "no-store",
  };
}

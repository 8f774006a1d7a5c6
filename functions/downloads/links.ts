import type { Ctx } from "../core/context.ts";
import { perIsolate } from "../core/isolate.ts";
import { attachment } from "../storage/attachment.ts";
import { createDownloadCounts, type CountedTable } from "./counts.ts";

/** Long enough to resume a large download over a slow line. Unreferenced objects are kept for longer still. */
const URL_SECONDS = 6 * 3600;
/** A signed URL is handed out again for this part of its life, so that every client has the rest of it left. */
const REUSED_PART = 0.5;
/** How long another isolate may go on redirecting to a file that was deleted. */
const FILE_FRESH_MS = 30_000;
/** How many files of one surface an isolate remembers URLs of. */
const MAX_FILES = 5_000;

/** An object as it is downloaded: under which name, and as what. What is private is signed for PRIVATE_URL_SECONDS alone. */
type NamedObject = { objectKey: string; fileName: string; contentType: string; isPrivate?: boolean };

/** A file to be downloaded. `id` is the row that counts its downloads. */
export type ServedFile = NamedObject & {
  id: number;
  /** Bytes. */
  size: number;
  /** Lower-case hex. */
  sha256: string;
};

/** What differs between surfaces; `P` is what a client names a file by, `F` what is known of one. */
type Source<P, F extends ServedFile> = {
  /** The table whose rows count the downloads. */
  table: CountedTable;
  keyOf: (path: P) => string;
  /** One query. @throws AppError where there is nothing to download, or this request may not. */
  find: (ctx: Ctx, path: P) => Promise<F>;
  /** Whether this request may be answered with a file that another one found; where it may not, `find` is asked. */
  mayShare?: (ctx: Ctx, path: P, file: F) => Promise<boolean>;
  /** Told of each download that begins, besides the count of its row. */
  began?: (ctx: Ctx, file: F) => void;
};

export type DownloadLinks<P, F extends ServedFile = ServedFile> = {
  /** The file at a path, as it was at most 30 seconds ago. @throws AppError as the surface's own query does. */
  find: (ctx: Ctx, path: P) => Promise<F>;
  /**
   * A signed GET of the file, good for at least three hours, or half of PRIVATE_URL_SECONDS.
   * @param begins whether the request begins a download, which is counted then; so it is where nothing is said
   * @throws AppError as `find`.
   */
  redirect: (ctx: Ctx, path: P, begins?: boolean) => Promise<string>;
  /** Writes the downloads counted in this isolate. */
  flush: (ctx: Ctx) => Promise<void>;
  /** Makes this isolate ask the database again, after a change. */
  forget: (ctx: Ctx) => void;
};

type Entry<F> = { file: F; foundAt: number; url?: string; signedAt: number };

/** Seconds that a signed GET of an object is good for. */
const lifeOf = (ctx: Ctx, { isPrivate }: NamedObject) =>
  isPrivate ? ctx.deps.config.PRIVATE_URL_SECONDS : URL_SECONDS;

/** A signed GET of an object, good for six hours; of a private one short, and its bytes are for no shared cache. */
export function signDownload(ctx: Ctx, file: NamedObject): Promise<string> {
  const { objectKey, fileName, contentType } = file;
  const signed = { expiresIn: lifeOf(ctx, file), fileName, contentType };
  const kept = file.isPrivate ? { cacheControl: "private, no-store" } : {};
  return ctx.deps.storage.signGet(objectKey, { ...signed, ...kept });
}

/** A surface's downloads: where files are and their signed URLs, remembered by the isolate, and the count of each. */
export function createDownloadLinks<P, F extends ServedFile = ServedFile>(
  source: Source<P, F>,
): DownloadLinks<P, F> {
  const { table, keyOf, find, mayShare, began } = source;
  const stateOf = perIsolate(() => ({ entries: new Map<string, Entry<F>>() }));
  const counts = createDownloadCounts(table);

  async function entryOf(ctx: Ctx, path: P): Promise<Entry<F>> {
    const { entries } = stateOf(ctx.deps);
    const key = keyOf(path);
    const known = entries.get(key);
    const now = ctx.deps.clock();
    const isFresh = known !== undefined && now - known.foundAt < FILE_FRESH_MS;
    if (isFresh && (!mayShare || (await mayShare(ctx, path, known.file)))) return known;
    const file = await find(ctx, path);
    // A change that was made during the query has replaced the map. The answer may be from before the change, so it must not
    // enter the new one.
    entries.delete(key);
    if (entries.size >= MAX_FILES) entries.delete(entries.keys().next().value ?? "");
    const isSame = known?.file.objectKey === file.objectKey && known.file.isPrivate === file.isPrivate;
    const entry = { signedAt: 0, ...(isSame ? known : {}), file, foundAt: now };
    entries.set(key, entry);
    return entry;
  }

  return {
    find: async (ctx, path) => (await entryOf(ctx, path)).file,
    async redirect(ctx, path, begins = true) {
      const entry = await entryOf(ctx, path);
      const now = ctx.deps.clock();
      const reusedMs = lifeOf(ctx, entry.file) * 1000 * REUSED_PART;
      if (entry.url === undefined || now - entry.signedAt > reusedMs) {
        entry.url = await signDownload(ctx, entry.file);
        entry.signedAt = now;
      }
      if (begins) {
        counts.add(ctx, entry.file.id);
        began?.(ctx, entry.file);
      }
      return entry.url;
    },
    flush: counts.flush,
    forget(ctx) {
      stateOf(ctx.deps).entries = new Map();
    },
  };
}

/** The headers with which HEAD describes a file, the same that the download of it ends with. */
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

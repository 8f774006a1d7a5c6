import { and, eq, sql } from "drizzle-orm";
import { packages, versions } from "../../schema/updates.ts";
import { blobs } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import { createCounters } from "../core/counters.ts";
import type { Deps } from "../core/deps.ts";
import { AppError } from "../core/errors.ts";
import { perIsolate } from "../core/isolate.ts";
import { SERVED_TYPE } from "../core/storage.ts";
import { whenReleasesChange } from "../releases/changes.ts";
import type { PackageType } from "./package-names.ts";

/** Long enough to resume a large download over a slow line; unreferenced objects live longer still. */
const URL_SECONDS = 6 * 3600;
/** A signed URL is handed out again for this long, so that every client has at least half of its life left. */
const URL_REUSE_MS = (URL_SECONDS / 2) * 1000;
/** How long another isolate may go on redirecting to a package that was deleted. */
const FILE_FRESH_MS = 30_000;
/** Files whose URLs an isolate remembers. */
const MAX_FILES = 5_000;

export type DownloadFile = {
  packageId: number;
  fileName: string;
  objectKey: string;
  size: number;
  sha256: string;
};

type Entry = { file: DownloadFile; foundAt: number; url?: string; signedAt: number };

const entriesOf = perIsolate(() => new Map<string, Entry>());
const countersOf = perIsolate((deps) => createCounters((sums) => addDownloads(deps, sums), deps.clock));

export type DownloadPath = { type: PackageType; version: string; fileName: string };

/** A package's file by its path. @throws AppError PACKAGE_NOT_FOUND. */
export async function findDownload(ctx: Ctx, path: DownloadPath): Promise<DownloadFile> {
  return (await findEntry(ctx, path)).file;
}

/** A signed GET of a package's file, good for at least three hours; counts one download. */
export async function redirectDownload(ctx: Ctx, path: DownloadPath): Promise<string> {
  const entry = await findEntry(ctx, path);
  const now = ctx.deps.clock();
  if (entry.url === undefined || now - entry.signedAt > URL_REUSE_MS) {
    const { objectKey, fileName } = entry.file;
    entry.url = await ctx.deps.storage.signGet(objectKey, {
      expiresIn: URL_SECONDS,
      fileName,
      contentType: SERVED_TYPE,
    });
    entry.signedAt = now;
  }
  countersOf(ctx.deps).add(entry.file.packageId, ctx.waitUntil);
  return entry.url;
}

/** Writes the downloads counted in this isolate. */
export const flushDownloads = (ctx: Ctx) => countersOf(ctx.deps).flush();

whenReleasesChange((ctx) => entriesOf(ctx.deps).clear());

async function findEntry(ctx: Ctx, path: DownloadPath): Promise<Entry> {
  const entries = entriesOf(ctx.deps);
  const key = `${path.type}/${path.version}/${path.fileName}`;
  const known = entries.get(key);
  const now = ctx.deps.clock();
  if (known && now - known.foundAt < FILE_FRESH_MS) return known;
  const [file] = await ctx.deps.db.read((q) =>
    q
      .select({
        packageId: packages.id,
        fileName: packages.fileName,
        objectKey: blobs.objectKey,
        size: blobs.size,
        sha256: blobs.sha256,
      })
      .from(packages)
      .innerJoin(blobs, eq(blobs.id, packages.blobId))
      .innerJoin(versions, eq(versions.id, packages.versionId))
      .where(
        and(
          eq(packages.fileName, path.fileName),
          eq(packages.type, path.type),
          eq(versions.version, path.version),
        ),
      ),
  );
  entries.delete(key);
  if (!file) throw new AppError("PACKAGE_NOT_FOUND");
  if (entries.size >= MAX_FILES) entries.delete(entries.keys().next().value ?? "");
  const sameObject = known?.file.objectKey === file.objectKey;
  const entry = { signedAt: 0, ...(sameObject ? known : {}), file, foundAt: now };
  entries.set(key, entry);
  return entry;
}

async function addDownloads({ db }: Deps, sums: Map<number, number>): Promise<void> {
  const counted = JSON.stringify(Object.fromEntries(sums));
  await db.write((q) => [
    q
      .update(packages)
      .set({
        downloadCount: sql`${packages.downloadCount} + (SELECT value FROM json_each(${counted}) WHERE key = CAST(${packages.id} AS TEXT))`,
      })
      .where(sql`${packages.id} IN (SELECT CAST(key AS INTEGER) FROM json_each(${counted}))`),
  ]);
}

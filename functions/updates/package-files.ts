import { eq, sql } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { versions } from "../../schema/releases.ts";
import { blobs } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import { perIsolate } from "../core/isolate.ts";
import { versionName } from "../kit/versions.ts";
import { whenReleasesChange } from "../releases/changes.ts";
import { downloadPath, type PackageType } from "../releases/package-names.ts";

/** What a client needs to know of a package to fetch and apply it. */
export type PackageFile = {
  id: number;
  type: PackageType;
  version: string;
  /** Bytes. */
  size: number;
  sha256: string;
  url: string;
};

/** How many files an isolate remembers, some 2 MiB. */
const MOST_FILES = 5_000;

const stateOf = perIsolate(() => ({ files: new Map<number, PackageFile>() }));
whenReleasesChange((ctx) => {
  stateOf(ctx.deps).files = new Map();
});

/**
 * Finds the files of packages, whether these are offered or not. Remembered files cost no round trip, because nothing of a
 * file ever changes but the spelling of its version. All others together cost one.
 * @returns the files that exist, by package id
 */
export async function findPackageFiles(ctx: Ctx, ids: readonly number[]): Promise<Map<number, PackageFile>> {
  // A change that is made during the query replaces the map, and what is read from before it does not enter the new one.
  const { files } = stateOf(ctx.deps);
  const known = ids.flatMap((id) => files.get(id) ?? []);
  const missing = ids.filter((id) => !files.has(id));
  const rows = missing.length === 0 ? [] : await readFiles(ctx, missing);
  if (files.size + rows.length > MOST_FILES) files.clear();
  for (const file of rows) files.set(file.id, file);
  return new Map([...known, ...rows].map((file) => [file.id, file]));
}

async function readFiles(ctx: Ctx, ids: readonly number[]): Promise<PackageFile[]> {
  const rows = await ctx.deps.db.read((q) =>
    q
      .select({
        id: packages.id,
        type: packages.type,
        version: versions.version,
        size: packages.size,
        sha256: blobs.sha256,
        fileName: packages.fileName,
      })
      .from(packages)
      .innerJoin(versions, eq(versions.id, packages.versionId))
      .innerJoin(blobs, eq(blobs.id, packages.blobId))
      .where(sql`${packages.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`),
  );
  return rows.map(({ id, type, size, sha256, fileName, ...row }) => {
    const version = versionName(row.version);
    return { id, type, version, size, sha256, url: downloadPath(type, version, fileName) };
  });
}

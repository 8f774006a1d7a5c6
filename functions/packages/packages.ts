import { and, desc, eq, sql } from "drizzle-orm";
import { audit } from "../../schema/core.ts";
import { packages } from "../../schema/packages.ts";
import { software, versions } from "../../schema/releases.ts";
import { blobs } from "../../schema/uploads.ts";
import { requireScope } from "../accounts/api-keys/api-keys.ts";
import { actorName, type Ctx } from "../core/context.ts";
import type { Query } from "../core/database/database.ts";
import { AppError } from "../core/errors.ts";
import { message } from "../core/locale/locale.ts";
import { releasesChanged } from "../releases/changes.ts";
import { downloadPath, type PackageType } from "../releases/package-names.ts";

type Package = typeof packages.$inferSelect;

export type PackageSummary = {
  id: number;
  version: string;
  package_type: PackageType;
  package_name: string;
  package_size: number;
  from_version: string | null;
  download_url: string;
  created_at: string;
  download_count: number;
  software: string;
  platform: string;
  arch: string;
  channel: string;
  sha256: string;
  yanked: boolean;
};

/** Packages of one platform and arch, newest first. */
export async function listPackages(
  ctx: Ctx,
  filter: {
    software: string;
    platform: Package["platform"];
    arch: Package["arch"];
    package_type?: PackageType | undefined;
    limit: number;
    offset: number;
  },
): Promise<PackageSummary[]> {
  const name = filter.software.toLowerCase();
  const softwareId = sql`(SELECT id FROM software WHERE slug = ${name} OR akey = ${name})`;
  const rows = await ctx.deps.db.read((q) =>
    q
      .select({ package: packages, version: versions.version, slug: software.slug, sha256: blobs.sha256 })
      .from(packages)
      .innerJoin(versions, eq(versions.id, packages.versionId))
      .innerJoin(software, eq(software.id, packages.softwareId))
      .innerJoin(blobs, eq(blobs.id, packages.blobId))
      .where(
        and(
          eq(packages.softwareId, softwareId),
          eq(packages.platform, filter.platform),
          eq(packages.arch, filter.arch),
          filter.package_type ? eq(packages.type, filter.package_type) : undefined,
        ),
      )
      .orderBy(desc(packages.createdAt), desc(packages.id))
      .limit(filter.limit)
      .offset(filter.offset),
  );
  return rows.map(({ package: row, version, slug, sha256 }) => ({
    id: row.id,
    version,
    package_type: row.type,
    package_name: row.fileName,
    package_size: row.size,
    from_version: row.fromVersion,
    download_url: downloadPath(row.type, version, row.fileName),
    created_at: new Date(row.createdAt).toISOString(),
    download_count: row.downloadCount,
    software: slug,
    platform: row.platform,
    arch: row.arch,
    channel: row.channel,
    sha256,
    yanked: row.yankedAt !== null,
  }));
}

/** Contract 1's answer to an upload, or null when the package has been deleted since. */
export async function describeUpload(ctx: Ctx, uploadId: string): Promise<Record<string, unknown> | null> {
  return describeUploaded(ctx, await ctx.deps.db.read((q) => selectUploaded(q, uploadId)));
}

/** The package of an upload, for `describeUploaded`. */
export function selectUploaded(query: Query, uploadId: string) {
  return query
    .select({
      id: packages.id,
      type: packages.type,
      size: packages.size,
      fileName: packages.fileName,
      version: versions.version,
      sha256: blobs.sha256,
    })
    .from(packages)
    .innerJoin(versions, eq(versions.id, packages.versionId))
    .innerJoin(blobs, eq(blobs.id, packages.blobId))
    .where(eq(packages.uploadId, uploadId));
}

export function describeUploaded(
  ctx: Ctx,
  [row]: Awaited<ReturnType<typeof selectUploaded>>,
): Record<string, unknown> | null {
  if (!row) return null;
  return {
    message: message(ctx.locale, "uploaded"),
    package_id: row.id,
    version: row.version,
    package_type: row.type,
    file_size: row.size,
    sha256: row.sha256,
    download_url: downloadPath(row.type, row.version, row.fileName),
  };
}

/** Withdraws a package from version checks, or offers it again; its download link goes on working. */
export async function setYanked(ctx: Ctx, id: number, yanked: boolean): Promise<void> {
  requireScope(ctx.actor, "packages:write");
  const now = ctx.deps.clock();
  const yankedAt = yanked ? sql`coalesce(${packages.yankedAt}, ${now})` : null;
  const [rows] = await ctx.deps.db.write((q) => [
    q.update(packages).set({ yankedAt }).where(eq(packages.id, id)).returning(),
    q.insert(audit).select(auditPackage(ctx, yanked ? "package.yank" : "package.unyank", id)),
  ]);
  changed(ctx, rows);
}

/** Deletes a package; its object follows after the grace period. @throws AppError PACKAGE_NOT_FOUND. */
export async function deletePackage(ctx: Ctx, id: number): Promise<void> {
  requireScope(ctx.actor, "packages:write");
  const [, rows] = await ctx.deps.db.write((q) => [
    q.insert(audit).select(auditPackage(ctx, "package.delete", id)),
    q.delete(packages).where(eq(packages.id, id)).returning(),
  ]);
  changed(ctx, rows);
}

/** An audit row about a package that exists: a change of nothing leaves no trace. */
function auditPackage(ctx: Ctx, action: string, id: number) {
  const actor = actorName(ctx.actor);
  return sql`SELECT NULL, ${ctx.deps.clock()}, ${actor}, ${action}, ${packages.fileName}, json_object('package_id', ${packages.id})
    FROM ${packages} WHERE ${packages.id} = ${id}`;
}

function changed(ctx: Ctx, rows: Package[]): void {
  if (rows.length === 0) throw new AppError("PACKAGE_NOT_FOUND");
  releasesChanged(ctx);
}

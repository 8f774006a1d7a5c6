import { and, desc, eq, sql } from "drizzle-orm";
import { companions, packages } from "../../schema/packages.ts";
import { software, versions } from "../../schema/releases.ts";
import { blobs } from "../../schema/uploads.ts";
import { requireReader, type Credential } from "../accounts/readers.ts";
import type { Ctx } from "../core/context.ts";
import { versionName } from "../kit/versions.ts";
import { selectAccess } from "../releases/access.ts";
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
  format: string;
  signature: string | null;
  ed_signature: string | null;
  build_number: string | null;
  min_os_version: string | null;
  installer_args: string | null;
  requires_admin: boolean;
  companions: { role: string; file_name: string; size: number }[];
  is_watershed: boolean;
  min_update_from: string | null;
};

/** The companions of a row of `packages` as a JSON array. Costs a search in their index for each row. */
const companionsOfPackage = sql<string>`(SELECT json_group_array(json_object(
    'role', ${companions.role}, 'file_name', ${companions.fileName}, 'size', ${companions.size}))
  FROM ${companions} WHERE ${companions.packageId} = ${packages.id})`;

/**
 * Lists the packages of one platform and arch, or of all, newest first. Costs one round trip, and another to check the key
 * where the software is private.
 * @throws AppError INVALID_API_KEY for whoever may not see it.
 */
export async function listPackages(
  ctx: Ctx,
  filter: {
    software: string;
    platform: Package["platform"] | "all";
    arch: Package["arch"] | "all";
    package_type?: PackageType | undefined;
    limit: number;
    offset: number;
    credential: Credential;
  },
): Promise<PackageSummary[]> {
  const name = filter.software.toLowerCase();
  const softwareId = sql`(SELECT ${software.id} FROM ${software}
    WHERE ${software.slug} = ${name} OR ${software.akey} = ${name})`;
  const { access, rows } = await ctx.deps.db.readBatch((q) => ({
    access: selectAccess(q, name),
    rows: q
      .select({
        package: packages,
        version: versions.version,
        isWatershed: versions.isWatershed,
        minUpdateFrom: versions.minUpdateFrom,
        slug: software.slug,
        sha256: blobs.sha256,
        companions: companionsOfPackage,
      })
      .from(packages)
      .innerJoin(versions, eq(versions.id, packages.versionId))
      .innerJoin(software, eq(software.id, packages.softwareId))
      .innerJoin(blobs, eq(blobs.id, packages.blobId))
      .where(
        and(
          eq(packages.softwareId, softwareId),
          filter.platform === "all" ? undefined : eq(packages.platform, filter.platform),
          filter.arch === "all" ? undefined : eq(packages.arch, filter.arch),
          filter.package_type ? eq(packages.type, filter.package_type) : undefined,
        ),
      )
      .orderBy(desc(packages.createdAt), desc(packages.id))
      .limit(filter.limit)
      .offset(filter.offset),
  }));
  if (access[0]) await requireReader(ctx, access[0], filter.credential);
  return rows.map(
    ({ package: row, version, isWatershed, minUpdateFrom, slug, sha256, companions: beside }) => ({
      id: row.id,
      version: versionName(version),
      package_type: row.type,
      package_name: row.fileName,
      package_size: row.size,
      from_version: row.fromVersion,
      download_url: downloadPath(row.type, versionName(version), row.fileName),
      created_at: new Date(row.createdAt).toISOString(),
      download_count: row.downloadCount,
      software: slug,
      platform: row.platform,
      arch: row.arch,
      channel: row.channel,
      sha256,
      yanked: row.yankedAt !== null,
      format: row.format,
      signature: row.signature,
      ed_signature: row.edSignature,
      build_number: row.buildNumber,
      min_os_version: row.minOsVersion,
      installer_args: row.installerArgs,
      requires_admin: row.requiresAdmin,
      companions: JSON.parse(beside) as PackageSummary["companions"],
      is_watershed: isWatershed,
      min_update_from: minUpdateFrom,
    }),
  );
}

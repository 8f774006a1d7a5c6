import { and, asc, eq, inArray } from "drizzle-orm";
import { companions, packages } from "../../../schema/packages.ts";
import { software, versions } from "../../../schema/releases.ts";
import { blobs } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import type { Query } from "../../core/database/database.ts";
import { limitOfVersion, readLimit, type VersionLimit } from "../../rollouts/version-limits.sql.ts";
import { selectUploadsOf } from "../../uploads/publishing/release.ts";
import type { Upload } from "../../uploads/uploads.ts";
import { releaseKey, type ReleaseName } from "./release-name.ts";

type Version = typeof versions.$inferSelect;
type Package = typeof packages.$inferSelect;
type Blob = typeof blobs.$inferSelect;
type Companion = typeof companions.$inferSelect;

/** All that exists of a release: its version and published packages, and the uploads that wait for it. */
export type ReleaseFiles = {
  version: Version | undefined;
  /** What keeps the version from some clients. */
  rollout: VersionLimit | null;
  packages: (Package & Pick<Blob, "sha256" | "sha512"> & { companions: Companion[] })[];
  open: Upload[];
};

/** Reads a release. One round trip. */
export async function readReleaseFiles(ctx: Ctx, name: ReleaseName): Promise<ReleaseFiles> {
  const found = await ctx.deps.db.readBatch((q) => ({
    version: q
      .select({ row: versions, limit: limitOfVersion })
      .from(versions)
      .where(inArray(versions.id, versionId(q, name))),
    packages: q
      .select({ row: packages, sha256: blobs.sha256, sha512: blobs.sha512 })
      .from(packages)
      .innerJoin(blobs, eq(blobs.id, packages.blobId))
      .where(inArray(packages.versionId, versionId(q, name)))
      .orderBy(asc(packages.id)),
    companions: q
      .select({ companion: companions })
      .from(companions)
      .innerJoin(packages, eq(packages.id, companions.packageId))
      .where(inArray(packages.versionId, versionId(q, name)))
      .orderBy(asc(companions.id)),
    open: selectUploadsOf(q, releaseKey(name.slug, name.orderKey)),
  }));
  const beside = found.companions.map((row) => row.companion);
  return {
    version: found.version[0]?.row,
    rollout: readLimit(found.version[0]?.limit ?? null),
    packages: found.packages.map(({ row, ...hashes }) => ({
      ...row,
      ...hashes,
      companions: beside.filter((companion) => companion.packageId === row.id),
    })),
    open: found.open,
  };
}

/** Selects the id of a release's version. */
export const versionId = (q: Query, { slug, orderKey }: ReleaseName) =>
  q
    .select({ id: versions.id })
    .from(versions)
    .innerJoin(software, eq(software.id, versions.softwareId))
    .where(and(eq(software.slug, slug), eq(versions.orderKey, orderKey)));

import { eq } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { versions } from "../../schema/releases.ts";
import { blobs } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import type { Query } from "../core/database/database.ts";
import { message } from "../core/locale/locale.ts";
import { versionName } from "../kit/versions.ts";
import { downloadPath } from "../releases/package-names.ts";

/** Describes the package of an upload to its publisher; null where the package was deleted since. */
export async function findUploadedPackage(
  ctx: Ctx,
  uploadId: string,
): Promise<Record<string, unknown> | null> {
  return describeUploadedPackage(ctx, await ctx.deps.db.read((q) => selectUploadedPackage(q, uploadId)));
}

/** The statement that reads the package of an upload, for a batch. */
export function selectUploadedPackage(query: Query, uploadId: string) {
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

/** Describes the package in the rows of `selectUploadedPackage`. */
export function describeUploadedPackage(
  ctx: Ctx,
  [row]: Awaited<ReturnType<typeof selectUploadedPackage>>,
): Record<string, unknown> | null {
  if (!row) return null;
  const version = versionName(row.version);
  return {
    message: message(ctx.locale, "uploaded"),
    package_id: row.id,
    version,
    package_type: row.type,
    file_size: row.size,
    sha256: row.sha256,
    download_url: downloadPath(row.type, version, row.fileName),
  };
}

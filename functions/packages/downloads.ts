import { and, eq } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { software } from "../../schema/releases.ts";
import { blobs } from "../../schema/uploads.ts";
import { mayRead, requireReader, type Credential } from "../accounts/readers.ts";
import type { Ctx } from "../core/context.ts";
import { createDownloadLinks, type ServedFile } from "../downloads/links.ts";
import { AppError } from "../core/errors.ts";
import { orderingKey, parseVersion } from "../kit/versions.ts";
import { countDaily } from "../rollouts/statistics/daily-counts.ts";
import { SERVED_TYPE } from "../storage/storage.ts";
import { whenReleasesChange } from "../releases/changes.ts";
import { accessColumns, selectPrivateOfFile, type SoftwareAccess } from "../releases/access.ts";
import type { PackageType } from "../releases/package-names.ts";

type PackagePath = { type: PackageType; version: string; fileName: string; credential: Credential };
type PackageFile = ServedFile & SoftwareAccess & Pick<typeof packages.$inferSelect, "orderKey" | "platform">;

/**
 * Packages by their paths. An unknown one is refused as PACKAGE_NOT_FOUND. One that is named after private software which
 * the request may not see is refused as INVALID_API_KEY, whether it exists or not. Its existence does not show in the time
 * of the answer either, because a refused request asks the database once in both cases.
 */
export const packageDownloads = createDownloadLinks<PackagePath, PackageFile>({
  table: packages,
  keyOf: ({ type, version, fileName }) => `${type}/${version}/${fileName}`,
  find: findPackageFile,
  mayShare: (ctx, { credential }, file) => mayRead(ctx, file, credential),
  began: (ctx, { slug, orderKey, platform }) =>
    countDaily(ctx, { slug, orderKey, platform, kind: "downloads" }),
});
whenReleasesChange(packageDownloads.forget);

async function findPackageFile(ctx: Ctx, path: PackagePath): Promise<PackageFile> {
  const version = parseVersion(path.version);
  if (!version) throw new AppError("PACKAGE_NOT_FOUND");
  const { files, hidden } = await ctx.deps.db.readBatch((q) => ({
    hidden: selectPrivateOfFile(q, path.fileName),
    files: q
      .select({
        id: packages.id,
        fileName: packages.fileName,
        orderKey: packages.orderKey,
        platform: packages.platform,
        objectKey: blobs.objectKey,
        size: blobs.size,
        sha256: blobs.sha256,
        ...accessColumns(),
      })
      .from(packages)
      .innerJoin(software, eq(software.id, packages.softwareId))
      .innerJoin(blobs, eq(blobs.id, packages.blobId))
      .where(
        and(
          eq(packages.fileName, path.fileName),
          eq(packages.type, path.type),
          eq(packages.orderKey, orderingKey(version)),
        ),
      ),
  }));
  const [file] = files;
  for (const software of file ? [file] : hidden) await requireReader(ctx, software, path.credential);
  if (!file) throw new AppError("PACKAGE_NOT_FOUND");
  return { ...file, contentType: SERVED_TYPE };
}

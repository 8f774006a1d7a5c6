import { and, eq } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { blobs } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import { createDownloadLinks, type ServedFile } from "../downloads/links.ts";
import { AppError } from "../core/errors.ts";
import { orderingKey, parseVersion } from "../kit/versions.ts";
import { SERVED_TYPE } from "../storage/storage.ts";
import { whenReleasesChange } from "../releases/changes.ts";
import type { PackageType } from "../releases/package-names.ts";

type PackagePath = { type: PackageType; version: string; fileName: string };

/** Packages by their paths. Refused as PACKAGE_NOT_FOUND. */
export const packageDownloads = createDownloadLinks<PackagePath>({
  table: packages,
  keyOf: ({ type, version, fileName }) => `${type}/${version}/${fileName}`,
  find: findPackageFile,
});
whenReleasesChange(packageDownloads.forget);

async function findPackageFile(ctx: Ctx, path: PackagePath): Promise<ServedFile> {
  const version = parseVersion(path.version);
  if (!version) throw new AppError("PACKAGE_NOT_FOUND");
  const [file] = await ctx.deps.db.read((q) =>
    q
      .select({
        id: packages.id,
        fileName: packages.fileName,
        objectKey: blobs.objectKey,
        size: blobs.size,
        sha256: blobs.sha256,
      })
      .from(packages)
      .innerJoin(blobs, eq(blobs.id, packages.blobId))
      .where(
        and(
          eq(packages.fileName, path.fileName),
          eq(packages.type, path.type),
          eq(packages.orderKey, orderingKey(version)),
        ),
      ),
  );
  if (!file) throw new AppError("PACKAGE_NOT_FOUND");
  return { ...file, contentType: SERVED_TYPE };
}

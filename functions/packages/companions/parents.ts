import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { packages } from "../../../schema/packages.ts";
import { software } from "../../../schema/releases.ts";
import { blobs, uploads } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import type { PackageDraft } from "../draft-package.ts";
import { finalKey } from "../../uploads/publishing/objects.ts";
import { openStates } from "../../uploads/uploads.ts";

/** The package that a companion belongs to: published, or waiting for a release. */
export type Parent = {
  uploadId: string;
  /** Its software's slug. */
  software: string;
  fileName: string;
  /** Bytes. */
  size: number;
  objectKey: string;
  /** Lower-case hex; empty while it is not known. */
  sha1: string;
  /** The release for which the package waits; null once it is published. */
  release: string | null;
};

/** @throws AppError PACKAGE_NOT_FOUND where there is no such package. */
export async function findParent(
  ctx: Ctx,
  whose: { package_id?: number | undefined; upload_id?: string | undefined },
): Promise<Parent> {
  const { package_id: id, upload_id: uploadId } = whose;
  if (id === undefined && uploadId === undefined)
    throw new AppError("MISSING_PARAMETER", { field: "package_id" });
  const { published, open } = await ctx.deps.db.readBatch((q) => ({
    published: q
      .select({
        uploadId: packages.uploadId,
        software: software.slug,
        fileName: packages.fileName,
        size: packages.size,
        objectKey: blobs.objectKey,
        sha1: blobs.sha1,
      })
      .from(packages)
      .innerJoin(software, eq(software.id, packages.softwareId))
      .innerJoin(blobs, eq(blobs.id, packages.blobId))
      .where(id === undefined ? eq(packages.uploadId, uploadId ?? "") : eq(packages.id, id)),
    open: q
      .select()
      .from(uploads)
      .where(
        and(
          eq(uploads.id, id === undefined ? (uploadId ?? "") : ""),
          eq(uploads.kind, "package"),
          inArray(uploads.state, [...openStates]),
          isNotNull(uploads.release),
        ),
      ),
  }));
  const [parent] = published;
  if (parent) return { ...parent, release: null };
  const [held] = open;
  if (!held) throw new AppError("PACKAGE_NOT_FOUND");
  const { fileName, size, release, digests } = held;
  const { software: slug } = held.draft as PackageDraft;
  return {
    uploadId: held.id,
    software: slug,
    fileName,
    size,
    release,
    objectKey: finalKey(held),
    sha1: digests?.sha1 ?? "",
  };
}

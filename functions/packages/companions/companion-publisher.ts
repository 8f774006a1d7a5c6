import { eq, sql } from "drizzle-orm";
import { companions, packages } from "../../../schema/packages.ts";
import { blobs } from "../../../schema/uploads.ts";
import { requireScope } from "../../accounts/api-keys/api-keys.ts";
import { actorName } from "../../core/context.ts";
import { refusals } from "../../core/database/refusals.ts";
import { AppError } from "../../core/errors.ts";
import { readFields } from "../../core/http/validation.ts";
import { releasesChanged } from "../../releases/changes.ts";
import type { Publisher } from "../../uploads/publisher.ts";
import { makeRoom } from "../storage/clean-up-storage.ts";
import { checkBlockmap, MAX_BLOCKMAP_BYTES } from "./blockmap.ts";
import { companionFields, type CompanionDraft } from "./companion-fields.ts";
import { findParent } from "./parents.ts";
import { checkZsync } from "./zsync.ts";

/** A zsync file has some 30 bytes for each block of 2 KiB, so this suffices for a package of 16 GiB. */
const MAX_COMPANION_BYTES = 256 * 1024 * 1024;

/**
 * The kind of upload for files that updaters need beside a package. They come by signed URL. A companion is published with
 * its package where that is held for a release, else at once.
 */
export const companionPublisher: Publisher = {
  maxBytes: () => MAX_COMPANION_BYTES,
  takenCode: "COMPANION_EXISTS",
  description: {
    fields: companionFields,
    credential:
      "A block map or a zsync file of a package; with an API key of the scope `packages:write`, or an administrator's token.",
    admissionErrors: ["INVALID_API_KEY", "INSUFFICIENT_SCOPE", "PACKAGE_NOT_FOUND", "FILE_TOO_LARGE"],
    inspectionErrors: ["INVALID_BLOCKMAP", "INVALID_ZSYNC", "COMPANION_MISMATCH"],
  },

  async admit(ctx, fields, file) {
    requireScope(ctx.actor, "packages:write");
    const whose = readFields(companionFields, fields, ctx.locale);
    const { role } = whose;
    if (role === "blockmap" && file.size > MAX_BLOCKMAP_BYTES)
      throw new AppError("FILE_TOO_LARGE", { limit: MAX_BLOCKMAP_BYTES });
    const parent = await findParent(ctx, whose);
    requireScope(ctx.actor, "packages:write", parent.software);
    const { uploadId, release } = parent;
    const draft: CompanionDraft = { role, of: uploadId };
    const fileName = `${parent.fileName}.${role}`;
    return {
      owner: actorName(ctx.actor),
      category: "companion",
      draft,
      fileName,
      taken: sql`EXISTS (SELECT 1 FROM ${companions} WHERE ${companions.fileName} = ${fileName})`,
      ...(release !== null && { release }),
    };
  },

  async inspect(ctx, upload) {
    const draft = upload.draft as CompanionDraft;
    const parent = await findParent(ctx, { upload_id: draft.of });
    const check = { blockmap: checkBlockmap, zsync: checkZsync }[draft.role];
    await check(ctx, upload, parent);
    return { draft, fileName: upload.fileName };
  },

  makeRoom,

  publish(query, { draft, blobId, fileName, size, fence }, now) {
    const { role, of } = draft as CompanionDraft;
    const packageId = sql<number>`(SELECT ${packages.id} FROM ${packages} WHERE ${packages.uploadId} = ${of})`;
    return {
      companion: query
        .insert(companions)
        .values({ packageId, role, fileName, blobId, size, uploadId: fence, createdAt: now }),
    };
  },

  refusals: refusals({
    "companions.package_id": "PACKAGE_NOT_FOUND",
    "companions.package_id, companions.role": "COMPANION_EXISTS",
    "companions.file_name": "COMPANION_EXISTS",
    "companions.upload_id": "ended",
    blobs_refs: "later",
  }),

  references: sql`SELECT ${companions.blobId} AS id FROM ${companions}`,

  async findAtPlace(ctx, draft) {
    const { role, of } = draft as CompanionDraft;
    const [there] = await ctx.deps.db.read((q) =>
      q
        .select({ uploadId: companions.uploadId, sha256: blobs.sha256, size: blobs.size })
        .from(companions)
        .innerJoin(packages, eq(packages.id, companions.packageId))
        .innerJoin(blobs, eq(blobs.id, companions.blobId))
        .where(sql`${packages.uploadId} = ${of} AND ${companions.role} = ${role}`),
    );
    return there ?? null;
  },

  published: releasesChanged,

  async result(ctx, uploadId) {
    const [row] = await ctx.deps.db.read((q) =>
      q.select().from(companions).where(eq(companions.uploadId, uploadId)),
    );
    if (!row) return null;
    return { package_id: row.packageId, role: row.role, file_name: row.fileName, size: row.size };
  },
};

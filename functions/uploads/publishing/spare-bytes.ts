import { and, eq } from "drizzle-orm";
import { blobs } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import { finalKey, stagingKey } from "./objects.ts";
import type { Verified } from "./statements.ts";

type Stored = Verified["upload"];

/** Deletes the staged object that a single PUT has left. */
export async function deleteStaged(ctx: Ctx, upload: Stored): Promise<void> {
  if (upload.objectKey === null) await ctx.deps.storage.delete(stagingKey(upload));
}

/** Deletes the staged object, and the upload's own object where another blob of the same bytes is used in its place. */
export async function deleteSpareBytes(
  ctx: Ctx,
  upload: Stored,
  kept: { id: number; objectKey: string } | undefined,
): Promise<void> {
  const { db, storage, log } = ctx.deps;
  await deleteStaged(ctx, upload);
  const own = finalKey(upload);
  if (!kept || kept.objectKey === own) return;
  if ((await storage.head(kept.objectKey))?.size === upload.size) return storage.delete(own);
  // The bucket has lost that blob's object, so the upload's own takes its place.
  log.warn("a lost object was replaced", { lost: kept.objectKey, object: own });
  await db.write((q) => ({
    blob: q
      .update(blobs)
      .set({ objectKey: own })
      .where(and(eq(blobs.id, kept.id), eq(blobs.objectKey, kept.objectKey))),
  }));
}

import { and, eq, inArray } from "drizzle-orm";
import { uploads } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import { AppError, invalid, type ErrorParams } from "../core/errors.ts";
import { newId } from "../core/ids.ts";
import type { Admission, Publisher } from "../core/publisher.ts";
import { UPLOAD_LIFETIME_MS } from "./policy.ts";

export type Upload = typeof uploads.$inferSelect;

/** The name that upload URLs are signed for; never served. */
export const stagingKey = (upload: { id: string }) => `staging/${upload.id}`;

/** The Publisher of a kind. @throws AppError VALIDATION_ERROR for a kind that is not taken here. */
export function publisherOf(ctx: Ctx, kind: string): Publisher {
  const publisher = Object.hasOwn(ctx.deps.publishers, kind) ? ctx.deps.publishers[kind] : undefined;
  if (!publisher) throw invalid("kind", Object.keys(ctx.deps.publishers).join(" | "));
  return publisher;
}

/** An upload by its id. @throws AppError UPLOAD_NOT_FOUND. */
export async function findUpload(ctx: Ctx, id: string): Promise<Upload> {
  const [upload] = await ctx.deps.db.read((q) => q.select().from(uploads).where(eq(uploads.id, id)));
  if (!upload) throw new AppError("UPLOAD_NOT_FOUND");
  return upload;
}

/** A row for an upload that was let in, before anything is known of its bytes. */
export function blankUpload(
  ctx: Ctx,
  kind: string,
  admission: Pick<Admission, "owner" | "category" | "draft" | "fileName">,
): Upload {
  const now = ctx.deps.clock();
  return {
    id: newId("upl", now),
    kind,
    state: "pending",
    owner: admission.owner,
    category: admission.category,
    draft: admission.draft,
    fileName: admission.fileName,
    idempotencyKey: null,
    requestHash: "",
    contentType: "application/octet-stream",
    size: 0,
    sha256: null,
    md5: null,
    reservedBytes: 0,
    multipartId: null,
    partSize: 0,
    partCount: 1,
    stagingEtag: null,
    bytesVerified: 0,
    hashState: null,
    leaseHolder: null,
    leaseUntil: 0,
    errorCode: null,
    errorParams: null,
    staged: true,
    createdAt: now,
    expiresAt: now + UPLOAD_LIFETIME_MS,
    endedAt: null,
  };
}

/**
 * Ends an upload that will not be published: gives back its bytes and its idempotency key, and deletes what was staged.
 * @returns whether this call ended it; one that has ended stays as it is.
 */
export async function endUpload(
  ctx: Ctx,
  upload: Pick<Upload, "id" | "multipartId">,
  state: "rejected" | "expired" | "aborted",
  errorCode: string | null = null,
  errorParams: ErrorParams | null = null,
): Promise<boolean> {
  const endedAt = ctx.deps.clock();
  const [ended] = await ctx.deps.db.write((q) => [
    q
      .update(uploads)
      .set({
        state,
        errorCode,
        errorParams,
        endedAt,
        reservedBytes: 0,
        draft: {},
        idempotencyKey: null,
        hashState: null,
      })
      .where(and(eq(uploads.id, upload.id), inArray(uploads.state, ["pending", "verifying"])))
      .returning({ id: uploads.id }),
  ]);
  if (ended.length > 0) await deleteStaged(ctx, upload);
  return ended.length > 0;
}

/**
 * Deletes staged bytes. A failure is logged and left to cron, which deletes once more when the upload URLs are dead.
 * @returns whether nothing is left
 */
export async function deleteStaged(ctx: Ctx, upload: Pick<Upload, "id" | "multipartId">): Promise<boolean> {
  const { storage, log } = ctx.deps;
  try {
    if (upload.multipartId) await storage.abortMultipart(stagingKey(upload), upload.multipartId);
    await storage.delete(stagingKey(upload));
    return true;
  } catch (error) {
    log.warn("staged bytes not deleted yet", { upload_id: upload.id, error });
    return false;
  }
}

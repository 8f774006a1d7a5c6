import { and, eq, inArray } from "drizzle-orm";
import { uploads } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import { AppError, type ErrorParams } from "../core/errors.ts";
import { newId } from "../kit/ids.ts";
import type { Admission } from "./publisher.ts";
import { deleteBytes } from "./publishing/objects.ts";
import { UPLOAD_LIFETIME_MS } from "./policy.ts";

export type Upload = typeof uploads.$inferSelect;

/** A file as a client declares it. */
export type NewUpload = {
  kind: string;
  /** The kind's own fields, not yet checked. */
  fields: unknown;
  fileName: string;
  /** Bytes. */
  size: number;
  /** How many bytes a part is to have, between the least and the most of policy.ts. */
  partSize?: number | undefined;
  /** Lower-case hex; undefined where its completion is to bring it. */
  sha256?: string | undefined;
  /** Base64. */
  md5?: string | undefined;
  contentType?: string | undefined;
  idempotencyKey?: string | undefined;
};

/** The states that an upload has not ended in. */
export const openStates = ["pending", "verifying", "held"] as const;

/** An upload by its id. @throws AppError UPLOAD_NOT_FOUND. */
export async function findUpload(ctx: Ctx, id: string): Promise<Upload> {
  const [upload] = await ctx.deps.db.read((q) => q.select().from(uploads).where(eq(uploads.id, id)));
  if (!upload) throw new AppError("UPLOAD_NOT_FOUND");
  return upload;
}

/** Whether there is such an upload, as far as the database can be asked now. */
export async function isRecorded(ctx: Ctx, id: string): Promise<boolean> {
  return findUpload(ctx, id).then(
    () => true,
    () => false,
  );
}

/** The row of an upload that was let in, before anything is known of its bytes. */
export function blankUpload(
  ctx: Ctx,
  kind: string,
  admission: Pick<Admission, "owner" | "category" | "release" | "draft" | "fileName">,
): Upload {
  const now = ctx.deps.clock();
  return {
    id: newId("upl", now),
    kind,
    state: "pending",
    owner: admission.owner,
    category: admission.category,
    release: admission.release ?? null,
    draft: admission.draft,
    fileName: admission.fileName,
    idempotencyKey: null,
    requestHash: "",
    contentType: "application/octet-stream",
    size: 0,
    sha256: null,
    md5: null,
    reservedBytes: 0,
    objectKey: null,
    multipartId: null,
    partSize: 0,
    partCount: 1,
    stagingEtag: null,
    bytesVerified: 0,
    hashState: null,
    digests: null,
    leaseHolder: null,
    leaseUntil: 0,
    errorCode: null,
    errorParams: null,
    repeats: null,
    staged: true,
    createdAt: now,
    expiresAt: now + UPLOAD_LIFETIME_MS,
    endedAt: null,
  };
}

/**
 * Ends an upload that will not be published: gives back its reserved bytes and its idempotency key, and deletes what was
 * sent.
 * @returns whether this call ended it; an upload that had ended stays as it is
 */
export async function endUpload(
  ctx: Ctx,
  upload: Upload,
  state: "rejected" | "expired" | "aborted",
  errorCode: string | null = null,
  errorParams: ErrorParams | null = null,
): Promise<boolean> {
  return end(ctx, upload, { state, errorCode, errorParams, idempotencyKey: null });
}

/** Ends an upload whose bytes were published at the same place before: the named upload's result becomes its own. */
export async function endAsRepetition(ctx: Ctx, upload: Upload, repeats: string): Promise<boolean> {
  return end(ctx, upload, { state: "ready", repeats, sha256: upload.sha256 });
}

async function end(ctx: Ctx, upload: Upload, outcome: Partial<Upload>): Promise<boolean> {
  const endedAt = ctx.deps.clock();
  const nothing = { reservedBytes: 0, draft: {}, hashState: null, digests: null };
  const { ended } = await ctx.deps.db.write((q) => ({
    ended: q
      .update(uploads)
      .set({ ...outcome, ...nothing, endedAt })
      .where(and(eq(uploads.id, upload.id), inArray(uploads.state, openStates)))
      .returning(),
  }));
  // Read from the database, because what the caller holds may be from before the first byte was sent.
  if (ended.length > 0) await deleteBytes(ctx, ended).catch(() => []);
  return ended.length > 0;
}

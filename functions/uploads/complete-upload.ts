import { and, eq } from "drizzle-orm";
import { uploads } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import { AppError, missing } from "../core/errors.ts";
import { StorageError, type UploadedPart } from "../storage/storage.ts";
import { backgroundMs } from "./verification/background.ts";
import { newLease, type Leased } from "./verification/leases.ts";
import { writtenKey } from "./publishing/objects.ts";
import { findSameBytes } from "./publishing/repetition.ts";
import { INLINE_VERIFY_BYTES } from "./policy.ts";
import { publisherOf } from "./publishers.ts";
import { endAsRepetition, endUpload, findUpload, type Upload } from "./uploads.ts";
import { statusOf, statusUnlessFailed, type UploadStatus } from "./upload-status.ts";
import { advanceVerification, verifyLeased } from "./verification/verify-upload.ts";

/** How often and how far apart a completion whose parts were refused looks for the object that another one makes of them. */
const JOIN_LOOKS = 4;
const JOIN_LOOK_MS = 250;

/**
 * Takes an upload as sent: joins its parts, checks the size and begins to verify. Small ones are verified and published
 * before this returns, larger ones go on behind the answer and by cron. May be repeated.
 * @param sha256 lower-case hex, of an upload that was begun without; one that is known already is never another. Not needed
 *   where each part says its own and the store has compared them
 * @throws AppError MISSING_PARAMETER, CHECKSUM_CONFLICT, UPLOAD_INCOMPLETE, SIZE_MISMATCH, CHECKSUM_MISMATCH, UPLOAD_EXPIRED, UPLOAD_STATE_CONFLICT, or what refused the publication.
 */
export async function completeUpload(
  ctx: Ctx,
  id: string,
  parts: UploadedPart[] | undefined,
  sha256?: string,
): Promise<UploadStatus> {
  let upload = await findUpload(ctx, id);
  refuseOtherHash(upload, sha256);
  let accepted: Leased | undefined;
  if (upload.state === "pending") {
    accepted = await accept(ctx, upload, parts, sha256);
    upload = accepted ?? (await findUpload(ctx, id));
    // A completion that was faster may have told another.
    refuseOtherHash(upload, sha256);
  }
  if (upload.state !== "verifying") return statusUnlessFailed(ctx, upload);

  const deadline = ctx.deps.clock() + backgroundMs(ctx);
  const verification = accepted
    ? verifyLeased(ctx, accepted, deadline)
    : advanceVerification(ctx, id, deadline);
  if (upload.size > INLINE_VERIFY_BYTES) {
    ctx.waitUntil(verification);
    return statusOf(ctx, upload);
  }
  const published = await verification;
  if (published?.state !== "ready" || !published.result)
    return statusUnlessFailed(ctx, await findUpload(ctx, id));
  return { state: "ready", bytes_verified: upload.size, size: upload.size, result: published.result };
}

/** @throws AppError CHECKSUM_CONFLICT. */
function refuseOtherHash(upload: Upload, sha256: string | undefined): void {
  if (sha256 !== undefined && upload.sha256 !== null && sha256 !== upload.sha256)
    throw new AppError("CHECKSUM_CONFLICT");
}

/**
 * Checks what was sent. @returns the upload, leased to this run; undefined where it is over, or another completion was faster
 */
async function accept(
  ctx: Ctx,
  upload: Upload,
  parts: UploadedPart[] | undefined,
  told: string | undefined,
): Promise<Leased | undefined> {
  if (upload.expiresAt <= ctx.deps.clock()) {
    await endUpload(ctx, upload, "expired");
    throw new AppError("UPLOAD_EXPIRED");
  }
  const declared = upload.sha256 ?? told;
  if (declared === undefined && !parts?.every((part) => part.sha256)) throw missing("sha256");
  if (upload.sha256 === null && (await endIfPublished(ctx, upload, declared))) return undefined;
  const joined = upload.multipartId ? await joinParts(ctx, upload, upload.multipartId, parts) : true;
  const object = joined ? await ctx.deps.storage.head(writtenKey(upload)) : null;
  if (!object) {
    const overtaken = await findUpload(ctx, upload.id);
    if (overtaken.state !== "pending") return undefined;
    throw new AppError("UPLOAD_INCOMPLETE", { reason: joined ? "upload.noBytes" : "upload.partsRefused" });
  }
  if (object.size !== upload.size) {
    await endUpload(ctx, upload, "rejected", "SIZE_MISMATCH");
    throw new AppError("SIZE_MISMATCH", { size: upload.size });
  }
  const sha256 = declared ?? (await hashOfParts(ctx, upload, object.etag));
  if (declared === undefined && (await endIfPublished(ctx, upload, sha256))) return undefined;
  const { accepted } = await ctx.deps.db.write((q) => ({
    accepted: q
      .update(uploads)
      .set({ ...newLease(ctx), state: "verifying", sha256, stagingEtag: object.etag })
      .where(and(eq(uploads.id, upload.id), eq(uploads.state, "pending")))
      .returning(),
  }));
  return accepted[0] as Leased | undefined;
}

/** Bytes that are at their place already are known by their hash: had it been declared, this upload would not have begun. */
async function endIfPublished(ctx: Ctx, upload: Upload, sha256: string | undefined): Promise<boolean> {
  const same = await findSameBytes(ctx, publisherOf(upload.kind), upload.draft, sha256);
  return (
    same !== undefined && sha256 !== undefined && endAsRepetition(ctx, { ...upload, sha256 }, same.uploadId)
  );
}

/**
 * The SHA-256 that the store has of an object whose parts it has compared with theirs.
 * @throws AppError MISSING_PARAMETER where it has none: the client has to take it
 */
async function hashOfParts(ctx: Ctx, upload: Upload, etag: string): Promise<string> {
  const known = await ctx.deps.storage.knownSha256(writtenKey(upload));
  if (known?.etag !== etag) throw missing("sha256");
  return known.sha256;
}

/** @returns whether the store took the parts, now or in a call whose answer was lost. */
async function joinParts(
  ctx: Ctx,
  upload: Upload,
  multipartId: string,
  parts: UploadedPart[] | undefined,
): Promise<boolean> {
  if (!parts) throw missing("parts");
  const sorted = parts.toSorted((a, b) => a.partNumber - b.partNumber);
  const complete =
    sorted.length === upload.partCount && sorted.every((part, index) => part.partNumber === index + 1);
  if (!complete) {
    throw new AppError("UPLOAD_INCOMPLETE", { reason: "upload.partsMissing", count: upload.partCount });
  }
  try {
    await ctx.deps.storage.completeMultipart(writtenKey(upload), multipartId, sorted);
    return true;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    if (error.code === "unavailable" || error.code === "misconfigured") throw error;
    return appears(ctx, upload);
  }
}

/** Whether the object is there, now or in a moment: another completion may be joining its parts. */
async function appears(ctx: Ctx, upload: Upload): Promise<boolean> {
  for (let looks = 1; !(await ctx.deps.storage.head(writtenKey(upload))); looks++) {
    if (looks === JOIN_LOOKS) return false;
    await new Promise((resolve) => setTimeout(resolve, JOIN_LOOK_MS));
  }
  return true;
}

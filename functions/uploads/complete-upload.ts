import { and, eq } from "drizzle-orm";
import { uploads } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";
import { AppError, missing, type ErrorCode, type ErrorParams } from "../core/errors.ts";
import { message } from "../core/locale/locale.ts";
import { StorageError, type UploadedPart } from "../storage/storage.ts";
import { backgroundMs } from "./verification/background.ts";
import { newLease, type Leased } from "./verification/leases.ts";
import { writtenKey } from "./objects.ts";
import { INLINE_VERIFY_BYTES } from "./policy.ts";
import { endUpload, findUpload, type Upload } from "./uploads.ts";
import { publisherOf } from "./publishers.ts";
import { advanceVerification, verifyLeased } from "./verification/verify-upload.ts";

export type UploadStatus = {
  state: Upload["state"];
  bytes_verified: number;
  size: number;
  error?: string;
  /** What the error means, for people. */
  message?: string;
  result?: Record<string, unknown>;
};

/**
 * Takes an upload as sent: joins its parts, checks the size and begins to verify. Small ones are verified and published
 * before this returns, larger ones go on behind the answer and by cron. May be repeated.
 * @throws AppError UPLOAD_INCOMPLETE, SIZE_MISMATCH, CHECKSUM_MISMATCH, UPLOAD_EXPIRED, UPLOAD_STATE_CONFLICT, or what refused the publication.
 */
export async function completeUpload(
  ctx: Ctx,
  id: string,
  parts: UploadedPart[] | undefined,
): Promise<UploadStatus> {
  let upload = await findUpload(ctx, id);
  let accepted: Leased | undefined;
  if (upload.state === "pending") {
    accepted = await accept(ctx, upload, parts);
    upload = accepted ?? (await findUpload(ctx, id));
  }
  if (upload.state !== "verifying") return settled(ctx, upload);

  const deadline = ctx.deps.clock() + backgroundMs(ctx);
  const verification = accepted
    ? verifyLeased(ctx, accepted, deadline)
    : advanceVerification(ctx, id, deadline);
  if (upload.size > INLINE_VERIFY_BYTES) {
    ctx.waitUntil(verification);
    return statusOf(ctx, upload);
  }
  const published = await verification;
  if (!published?.result) return settled(ctx, await findUpload(ctx, id));
  return { state: "ready", bytes_verified: upload.size, size: upload.size, result: published.result };
}

/** Where an upload stands; asking moves a verification on that nobody is working at. */
export async function readUpload(ctx: Ctx, id: string): Promise<UploadStatus> {
  const upload = await findUpload(ctx, id);
  const now = ctx.deps.clock();
  if (upload.state === "verifying" && upload.leaseUntil < now) {
    ctx.waitUntil(advanceVerification(ctx, id, now + backgroundMs(ctx)));
  }
  return statusOf(ctx, upload);
}

/** Ends an unfinished upload and frees its quota. @throws AppError UPLOAD_STATE_CONFLICT for one that is published. */
export async function abortUpload(ctx: Ctx, id: string): Promise<UploadStatus> {
  const upload = await findUpload(ctx, id);
  await endUpload(ctx, upload, "aborted");
  const ended = await findUpload(ctx, id);
  if (ended.state === "ready") throw new AppError("UPLOAD_STATE_CONFLICT", { state: ended.state });
  return statusOf(ctx, ended);
}

/** @returns the upload in the hands of this run; undefined where another completion has overtaken this one. */
async function accept(
  ctx: Ctx,
  upload: Upload,
  parts: UploadedPart[] | undefined,
): Promise<Leased | undefined> {
  if (upload.expiresAt <= ctx.deps.clock()) {
    await endUpload(ctx, upload, "expired");
    throw new AppError("UPLOAD_EXPIRED");
  }
  const joined = upload.multipartId ? await joinParts(ctx, upload, upload.multipartId, parts) : true;
  const object = joined ? await ctx.deps.storage.head(writtenKey(upload)) : null;
  if (!object) {
    const overtaken = await findUpload(ctx, upload.id);
    if (overtaken.state !== "pending") return undefined;
    throw new AppError("UPLOAD_INCOMPLETE", { problem: joined ? "PUT" : "ETag" });
  }
  if (object.size !== upload.size) {
    await endUpload(ctx, upload, "rejected", "SIZE_MISMATCH");
    throw new AppError("SIZE_MISMATCH", { size: upload.size });
  }
  const { accepted } = await ctx.deps.db.write((q) => ({
    accepted: q
      .update(uploads)
      .set({ ...newLease(ctx), state: "verifying", stagingEtag: object.etag })
      .where(and(eq(uploads.id, upload.id), eq(uploads.state, "pending")))
      .returning(),
  }));
  return accepted[0] as Leased | undefined;
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
    throw new AppError("UPLOAD_INCOMPLETE", { problem: `${sorted.length} / ${upload.partCount}` });
  }
  try {
    await ctx.deps.storage.completeMultipart(writtenKey(upload), multipartId, sorted);
    return true;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    if (error.code === "unavailable" || error.code === "misconfigured") throw error;
    return (await ctx.deps.storage.head(writtenKey(upload))) !== null;
  }
}

/** What the surface answers to an upload that is ready; null where it has been deleted since. */
export function resultOf(ctx: Ctx, upload: Pick<Upload, "id" | "kind" | "repeats">) {
  return publisherOf(upload.kind).result(ctx, upload.repeats ?? upload.id);
}

/** The status of an upload that succeeded or still may; the error of one that did not. */
export async function settled(ctx: Ctx, upload: Upload): Promise<UploadStatus> {
  if (upload.state === "expired") throw new AppError("UPLOAD_EXPIRED");
  if (upload.state === "aborted") throw new AppError("UPLOAD_STATE_CONFLICT", { state: upload.state });
  if (upload.state === "rejected") throw new AppError(upload.errorCode as ErrorCode, paramsOf(upload));
  return statusOf(ctx, upload);
}

const paramsOf = ({ size, errorParams }: Upload): ErrorParams => ({ size, ...errorParams });

async function statusOf(ctx: Ctx, upload: Upload): Promise<UploadStatus> {
  const status: UploadStatus = {
    state: upload.state,
    bytes_verified: upload.state === "ready" ? upload.size : upload.bytesVerified,
    size: upload.size,
  };
  if (upload.errorCode) {
    status.error = upload.errorCode;
    status.message = message(ctx.locale, upload.errorCode as ErrorCode, paramsOf(upload));
  }
  if (upload.state === "ready") {
    const result = await resultOf(ctx, upload);
    if (result) status.result = result;
  }
  return status;
}

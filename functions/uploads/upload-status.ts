import type { Ctx } from "../core/context.ts";
import { AppError, type ErrorCode, type ErrorParams } from "../core/errors.ts";
import { message } from "../core/locale/locale.ts";
import { publisherOf } from "./publishers.ts";
import type { Upload } from "./uploads.ts";

export type UploadStatus = {
  state: Upload["state"];
  bytes_verified: number;
  size: number;
  error?: string;
  /** What the error means, for people. */
  message?: string;
  result?: Record<string, unknown>;
};

/** What the surface answers to an upload that is ready; null where what it published was deleted since. */
export function resultOf(ctx: Ctx, upload: Pick<Upload, "id" | "kind" | "repeats">) {
  return publisherOf(upload.kind).result(ctx, upload.repeats ?? upload.id);
}

/** The status of an upload that succeeded or still may. @throws AppError the error of an upload that did not. */
export async function statusUnlessFailed(ctx: Ctx, upload: Upload): Promise<UploadStatus> {
  if (upload.state === "expired") throw new AppError("UPLOAD_EXPIRED");
  if (upload.state === "aborted") throw new AppError("UPLOAD_STATE_CONFLICT", { state: upload.state });
  if (upload.state === "rejected") throw new AppError(upload.errorCode as ErrorCode, paramsOf(upload));
  return statusOf(ctx, upload);
}

const paramsOf = ({ size, errorParams }: Upload): ErrorParams => ({ size, ...errorParams });

/** The status of an upload as it is answered. */
export async function statusOf(ctx: Ctx, upload: Upload): Promise<UploadStatus> {
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

import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { statusOf, type UploadStatus } from "./upload-status.ts";
import { endUpload, findUpload } from "./uploads.ts";

/**
 * Ends an unfinished upload and gives its storage back.
 * @throws AppError UPLOAD_STATE_CONFLICT where it is published already.
 */
export async function abortUpload(ctx: Ctx, id: string): Promise<UploadStatus> {
  const upload = await findUpload(ctx, id);
  await endUpload(ctx, upload, "aborted");
  const ended = await findUpload(ctx, id);
  if (ended.state === "ready")
    throw new AppError("UPLOAD_STATE_CONFLICT", { state: ended.state, instead: "upload.published" });
  return statusOf(ctx, ended);
}

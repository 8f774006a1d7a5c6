import type { Ctx } from "../core/context.ts";
import { statusOf, type UploadStatus } from "./upload-status.ts";
import { findUpload } from "./uploads.ts";
import { backgroundMs } from "./verification/background.ts";
import { advanceVerification } from "./verification/verify-upload.ts";

/** How an upload stands. Where nobody is verifying it at the moment, this request continues the verification. */
export async function getUpload(ctx: Ctx, id: string): Promise<UploadStatus> {
  const upload = await findUpload(ctx, id);
  const now = ctx.deps.clock();
  if (upload.state === "verifying" && upload.leaseUntil < now) {
    ctx.waitUntil(advanceVerification(ctx, id, now + backgroundMs(ctx)));
  }
  return statusOf(ctx, upload);
}

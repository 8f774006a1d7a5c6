import { createHmac } from "node:crypto";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { timingSafeEqualText } from "../kit/hash/hash.ts";

/** The token for one upload. It is derived from the upload's id, so that a repeated creation can answer it again. */
export function uploadToken(ctx: Ctx, uploadId: string): string {
  const mac = createHmac("sha256", ctx.deps.config.JWT_SECRET).update(`upload-token:${uploadId}`);
  return `upt_${mac.digest("base64url")}`;
}

/** @throws AppError INVALID_UPLOAD_TOKEN unless the Authorization header carries this upload's token. */
export function checkUploadToken(ctx: Ctx, uploadId: string, authorization: string | undefined): void {
  const presented = /^Bearer\s+(\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
  if (!timingSafeEqualText(presented, uploadToken(ctx, uploadId))) throw new AppError("INVALID_UPLOAD_TOKEN");
}

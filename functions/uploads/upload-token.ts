import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { uploads } from "../../schema/uploads.ts";
import type { Proof } from "../accounts/sign-in/proofs.ts";
import { findSession } from "../accounts/sign-in/sessions.ts";
import { actorName, type Ctx } from "../core/context.ts";
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

/**
 * Lets the account that has begun an upload go on without its token. The session and the upload are asked for at once.
 * @throws AppError INVALID_UPLOAD_TOKEN for everybody else; the same where there is no such upload.
 */
export async function checkBeginner(ctx: Ctx, uploadId: string, proof: Proof): Promise<void> {
  const [user, [upload]] = await Promise.all([
    findSession(ctx.deps, proof),
    ctx.deps.db.read((q) => q.select({ owner: uploads.owner }).from(uploads).where(eq(uploads.id, uploadId))),
  ]);
  if (!user || upload?.owner !== actorName(user)) throw new AppError("INVALID_UPLOAD_TOKEN");
}

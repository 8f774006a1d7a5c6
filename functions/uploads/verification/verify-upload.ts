import type { Ctx } from "../../core/context.ts";
import { SHA256_ALONE, type ContentDigests } from "../../kit/hash/hash.ts";
import { runJob } from "../../core/jobs.ts";
import { backgroundMs } from "./background.ts";
import { keepLease, releaseLease, takeLease, type Leased } from "./leases.ts";
import { FURTHER_DIGESTS, takeFurtherDigests } from "./further-digests.ts";
import { hashUpload } from "./hash-upload.ts";
import { CRON_VERIFY_MS, INLINE_VERIFY_BYTES, SLICE_BYTES } from "../policy.ts";
import { promoteAndPublish } from "../publishing/promotion.ts";
import type { Published } from "../publishing/publication.ts";
import { endUpload } from "../uploads.ts";
import { publisherOf } from "../publishers.ts";

/**
 * Hashes an upload's bytes until they are verified and published, are found wrong, `deadline` (milliseconds since 1970) has
 * passed, or the run has to end; the next call goes on from there. Does nothing while another run holds the upload. Where
 * the measured pace says that it ends in time, all bytes are hashed natively in one pass, otherwise resumably in slices.
 * Every read has an If-Match, so that bytes that were replaced in between are never mixed. Nothing is read where only
 * SHA-256 is wanted and the embedded bucket has taken it already.
 */
export async function advanceVerification(
  ctx: Ctx,
  uploadId: string,
  deadline: number,
  sliceBytes = SLICE_BYTES,
): Promise<Published | undefined> {
  const leased = await takeLease(ctx, uploadId);
  return leased && verifyLeased(ctx, leased, deadline, sliceBytes);
}

/** The same for an upload that this run holds already. @returns undefined where this call did not publish it */
export async function verifyLeased(
  ctx: Ctx,
  leased: Leased,
  deadline: number,
  sliceBytes = SLICE_BYTES,
): Promise<Published | undefined> {
  const held = keepLease(ctx, leased);
  // A large upload is published as soon as it is verified; its other hashes follow (further-digests.ts). One that is held
  // has the time for all of them: its release is whole once it is published.
  const wanted = publisherOf(leased.kind).digests ?? SHA256_ALONE;
  const names = leased.size <= INLINE_VERIFY_BYTES || leased.release !== null ? wanted : SHA256_ALONE;
  try {
    const upload = await hashUpload({ ctx, held, names, deadline, sliceBytes }, leased);
    if (upload?.digests) {
      const published = await concludeVerification(ctx, upload, upload.digests);
      if (published && names.length < wanted.length) takeOtherHashes(ctx);
      return published;
    }
    if (upload) await releaseLease(ctx, upload);
    return undefined;
  } catch (error) {
    await releaseLease(ctx, leased).catch(() => undefined);
    throw error;
  } finally {
    held.stop();
  }
}

/** Where the platform does not end work after an answer, the other hashes need not wait for cron. */
function takeOtherHashes(ctx: Ctx): void {
  if (backgroundMs(ctx) >= CRON_VERIFY_MS) ctx.waitUntil(runJob(ctx, FURTHER_DIGESTS, takeFurtherDigests));
}

/** Compares what was hashed with what was declared, then publishes or rejects the upload. */
async function concludeVerification(
  ctx: Ctx,
  upload: Leased,
  digests: ContentDigests,
): Promise<Published | undefined> {
  if (digests.sha256 === upload.sha256) {
    return promoteAndPublish(ctx, upload, digests);
  }
  await endUpload(ctx, upload, "rejected", "CHECKSUM_MISMATCH");
  return undefined;
}

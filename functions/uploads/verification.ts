import type { Ctx } from "../core/context.ts";
import { createContentHasher, hashStream } from "../core/hash.ts";
import { StorageError } from "../core/storage.ts";
import { lease, release, save, startOver, type Leased } from "./leases.ts";
import { SLICE_BYTES } from "./policy.ts";
import { promoteAndPublish } from "./promotion.ts";
import { endUpload, stagingKey } from "./uploads.ts";

/**
 * Hashes an upload's staged bytes, slice by slice, until they are verified and published, found wrong, or `deadline`
 * (milliseconds since 1970) has passed or the run has to end; the next call goes on where this one stopped. Does nothing while another run
 * holds the upload. Every slice is read under If-Match, so that bytes replaced in between are never mixed.
 */
export async function advanceVerification(
  ctx: Ctx,
  uploadId: string,
  deadline: number,
  sliceBytes = SLICE_BYTES,
): Promise<void> {
  let upload = await lease(ctx, uploadId);
  if (!upload) return;
  try {
    if (!canGoOn(ctx, upload)) upload = await startOver(ctx, upload);
    while (upload && upload.bytesVerified < upload.size) {
      upload = await verifySlice(ctx, upload, sliceBytes);
      const mayGoOn = ctx.deps.clock() < deadline && ctx.mayGoOn();
      if (upload && upload.bytesVerified < upload.size && !mayGoOn) {
        await release(ctx, upload);
        return;
      }
    }
    if (upload) await concludeVerification(ctx, upload);
  } catch (error) {
    if (upload) await release(ctx, upload).catch(() => undefined);
    throw error;
  }
}

/** Compares what was hashed with what was declared, and publishes or rejects. */
export async function concludeVerification(ctx: Ctx, upload: Leased): Promise<void> {
  const digests = createContentHasher(ctx.deps.hashModules, upload.hashState ?? undefined).digest();
  if (digests.sha256 !== upload.sha256) {
    await endUpload(ctx, upload, "rejected", "CHECKSUM_MISMATCH");
    return;
  }
  await promoteAndPublish(ctx, upload, digests);
}

/** Whether the saved hash state is one that this version of the code can go on with. */
function canGoOn(ctx: Ctx, upload: Leased): boolean {
  try {
    createContentHasher(ctx.deps.hashModules, upload.hashState ?? undefined);
    return true;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    ctx.deps.log.warn("verification starts over: its saved state cannot be read", { upload_id: upload.id });
    return false;
  }
}

async function verifySlice(ctx: Ctx, upload: Leased, sliceBytes: number): Promise<Leased | undefined> {
  const { storage, hashModules } = ctx.deps;
  const key = stagingKey(upload);
  if (upload.stagingEtag === null) {
    const found = await storage.head(key);
    if (found?.size === upload.size) return save(ctx, upload, { stagingEtag: found.etag });
    await endUpload(ctx, upload, "rejected", "SIZE_MISMATCH");
    return undefined;
  }
  const start = upload.bytesVerified;
  const end = Math.min(start + sliceBytes, upload.size) - 1;
  const hasher = createContentHasher(hashModules, upload.hashState ?? undefined);
  try {
    const object = await storage.get(key, { range: { start, end }, ifMatch: upload.stagingEtag });
    if (!object) {
      await endUpload(ctx, upload, "rejected", "SIZE_MISMATCH");
      return undefined;
    }
    const read = await hashStream(object.body, hasher);
    if (read !== end - start + 1) throw new StorageError("unavailable", "an object ended early");
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    if (error.code === "precondition-failed") return startOver(ctx, upload);
    if (error.code !== "invalid") throw error;
    await endUpload(ctx, upload, "rejected", "CHECKSUM_MISMATCH");
    return undefined;
  }
  return save(ctx, upload, { bytesVerified: end + 1, hashState: hasher.save() });
}

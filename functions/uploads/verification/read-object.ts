import type { Ctx } from "../../core/context.ts";
import type { Hasher } from "../../kit/hash/hash.ts";
import { hashStream } from "../../kit/hash/hash-stream.ts";
import { StorageError } from "../../storage/storage.ts";
import { writtenKey } from "../publishing/objects.ts";
import { endUpload } from "../uploads.ts";
import { startOver, type Leased } from "./leases.ts";

type Read = "read" | "stopped" | Leased | undefined;

/**
 * Feeds a range of an upload's object to a hasher.
 * @returns the upload to go on with; its hashing has been restarted where the object was replaced. Undefined where the
 *   upload has ended
 */
export async function readInto(
  ctx: Ctx,
  upload: Leased,
  range: { start: number; end: number },
  hasher: Hasher,
  goOn: () => boolean,
): Promise<Read> {
  const before = hasher.bytes;
  try {
    const ifMatch = upload.stagingEtag ?? "";
    const object = await ctx.deps.storage.get(writtenKey(upload), { range, ifMatch });
    if (!object) {
      await endUpload(ctx, upload, "rejected", "SIZE_MISMATCH");
      return undefined;
    }
    const whole = await hashStream(object.body, hasher, goOn);
    const wanted = range.end - range.start + 1;
    if (hasher.bytes - before === wanted) return "read";
    if (!whole) return "stopped";
    throw new StorageError("unavailable", "an object ended early");
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    if (error.code === "precondition-failed") return startOver(ctx, upload);
    if (error.code !== "invalid") throw error;
    await endUpload(ctx, upload, "rejected", "CHECKSUM_MISMATCH");
    return undefined;
  }
}

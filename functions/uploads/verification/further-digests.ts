import { and, asc, eq, gt } from "drizzle-orm";
import { blobs } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import { createNativeHasher, createResumableHasher, type HashName } from "../../kit/hash/hash.ts";
import { hashStream } from "../../kit/hash/hash-stream.ts";
import { StorageError } from "../../storage/storage.ts";
import { backgroundMs } from "./background.ts";
import { nativePace } from "./pace.ts";
import { CRON_VERIFY_MS, SLICE_BYTES } from "../policy.ts";

/** The hashes that verification does not need. */
const FURTHER: readonly HashName[] = ["sha1", "sha512"];

/** The job's name. */
export const FURTHER_DIGESTS = "further-digests";

type Blob = { id: number; objectKey: string; size: number };
/** Where the hashing of a blob goes on, in whatever isolate runs next. */
type Cursor = { blob: number; state: string };

/**
 * Takes the other hashes that clients of a kind ask for, for blobs that were published without waiting for them: natively
 * where that ends in time, otherwise in slices.
 */
export async function takeFurtherDigests(
  ctx: Ctx,
  cursor: string | null,
  sliceBytes = SLICE_BYTES,
): Promise<string | null> {
  const { clock, log } = ctx.deps;
  const deadline = clock() + Math.min(CRON_VERIFY_MS, backgroundMs(ctx));
  let begun = cursor === null ? undefined : (JSON.parse(cursor) as Cursor);
  let after = 0;
  while (ctx.mayGoOn() && clock() < deadline) {
    const blob = await nextDue(ctx, begun ? begun.blob - 1 : after);
    if (!blob) {
      if (!begun) return null;
      begun = undefined;
      continue;
    }
    try {
      const state: string | undefined = begun?.blob === blob.id ? begun.state : undefined;
      const saved = await hashBlob(ctx, blob, state, deadline, sliceBytes);
      begun = saved === undefined ? undefined : { blob: blob.id, state: saved };
      if (!begun) after = blob.id;
    } catch (error) {
      // A blob that cannot be read does not hold up the others; the next run tries it again.
      log.error("further hashes not taken", { object: blob.objectKey, error });
      begun = undefined;
      after = blob.id;
    }
  }
  return begun ? JSON.stringify(begun) : null;
}

async function nextDue(ctx: Ctx, after: number): Promise<Blob | undefined> {
  const [blob] = await ctx.deps.db.read((q) =>
    q
      .select({ id: blobs.id, objectKey: blobs.objectKey, size: blobs.size })
      .from(blobs)
      .where(and(eq(blobs.digestsDue, true), eq(blobs.state, "live"), gt(blobs.id, after)))
      .orderBy(asc(blobs.id))
      .limit(1),
  );
  return blob;
}

/** @returns the state to go on with, or undefined once the blob has its hashes */
async function hashBlob(
  ctx: Ctx,
  blob: Blob,
  state: string | undefined,
  deadline: number,
  sliceBytes: number,
): Promise<string | undefined> {
  const pace = nativePace(ctx, FURTHER, blob.size, deadline);
  if (state === undefined && pace.endsInTime(0)) {
    const native = createNativeHasher(FURTHER);
    const goOn = () => ctx.mayGoOn() && pace.endsInTime(native.bytes);
    await read(ctx, blob, 0, blob.size, native, goOn);
    pace.learn(native.bytes);
    if (native.bytes === blob.size) return record(ctx, blob, native.digest());
  }
  if (!ctx.mayGoOn()) return state;
  const hasher = restored(ctx, state);
  const end = Math.min(hasher.bytes + sliceBytes, blob.size);
  await read(ctx, blob, hasher.bytes, end, hasher, ctx.mayGoOn);
  if (hasher.bytes < blob.size) return hasher.bytes === end ? hasher.save() : state;
  return record(ctx, blob, hasher.digest());
}

async function read(
  ctx: Ctx,
  blob: Blob,
  start: number,
  end: number,
  hasher: { bytes: number; update(bytes: Uint8Array): void },
  goOn: () => boolean,
): Promise<void> {
  const object = await ctx.deps.storage.get(blob.objectKey, { range: { start, end: end - 1 } });
  if (!object) throw new StorageError("not-found", "the object is gone");
  const whole = await hashStream(object.body, hasher, goOn);
  if (whole && hasher.bytes < end) throw new StorageError("unavailable", "an object ended early");
}

function restored(ctx: Ctx, state: string | undefined) {
  try {
    return createResumableHasher(ctx.deps.hashModules, FURTHER, state);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return createResumableHasher(ctx.deps.hashModules, FURTHER);
  }
}

async function record(
  ctx: Ctx,
  { id }: Blob,
  { sha1, sha512 }: { sha1: string; sha512: string },
): Promise<undefined> {
  await ctx.deps.db.write((q) => ({
    blob: q.update(blobs).set({ sha1, sha512, digestsDue: false }).where(eq(blobs.id, id)),
  }));
}

import type { Ctx } from "../../core/context.ts";
import {
  createNativeHasher,
  createResumableHasher,
  hashStream,
  SHA256_ALONE,
  type ContentDigests,
  type Hasher,
  type HashName,
} from "../../kit/hash/hash.ts";
import { StorageError } from "../../storage/storage.ts";
import { runJob } from "../../core/jobs.ts";
import { backgroundMs } from "./background.ts";
import { keepLease, lease, release, save, startOver, type KeptLease, type Leased } from "./leases.ts";
import { writtenKey } from "../objects.ts";
import { FURTHER_DIGESTS, takeFurtherDigests } from "./further-digests.ts";
import { nativePace } from "./pace.ts";
import { CRON_VERIFY_MS, INLINE_VERIFY_BYTES, SLICE_BYTES } from "../policy.ts";
import { promoteAndPublish } from "../promotion.ts";
import type { Published } from "../publication.ts";
import { endUpload } from "../uploads.ts";
import { publisherOf } from "../publishers.ts";

/** One run at an upload, in time for `deadline` (milliseconds since 1970). */
type Run = { ctx: Ctx; held: KeptLease; names: readonly HashName[]; deadline: number; sliceBytes: number };

/**
 * Hashes an upload's bytes until they are verified and published, found wrong, or `deadline` (milliseconds since 1970)
 * has passed or the run has to end; the next call goes on from there. Does nothing while another run holds the upload.
 * All of it is hashed natively in one pass where that ends in time by the pace that is measured, else resumably in slices.
 * Everything is read under If-Match, so that bytes replaced in between are never mixed. Nothing is read where SHA-256 is all
 * that is wanted and the embedded bucket has taken it already.
 */
export async function advanceVerification(
  ctx: Ctx,
  uploadId: string,
  deadline: number,
  sliceBytes = SLICE_BYTES,
): Promise<Published | undefined> {
  const leased = await lease(ctx, uploadId);
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
  // What is long enough to be waited for is published by what verifies it; other hashes follow (further-digests.ts).
  const wanted = publisherOf(leased.kind).digests ?? SHA256_ALONE;
  const names = leased.size <= INLINE_VERIFY_BYTES ? wanted : SHA256_ALONE;
  try {
    const upload = await hashAll({ ctx, held, names, deadline, sliceBytes }, leased);
    if (upload?.digests) {
      const published = await concludeVerification(ctx, upload, upload.digests);
      if (published && names.length < wanted.length) followUp(ctx);
      return published;
    }
    if (upload) await release(ctx, upload);
    return undefined;
  } catch (error) {
    await release(ctx, leased).catch(() => undefined);
    throw error;
  } finally {
    held.stop();
  }
}

/** Where no platform ends the work behind an answer, other hashes need not wait for cron. */
function followUp(ctx: Ctx): void {
  if (backgroundMs(ctx) >= CRON_VERIFY_MS) ctx.waitUntil(runJob(ctx, FURTHER_DIGESTS, takeFurtherDigests));
}

/** Compares what was hashed with what was declared, and publishes or rejects. */
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

/** @returns the upload, with its digests unless it is to be given back; undefined where it has ended or is another's */
async function hashAll(run: Run, leased: Leased): Promise<Leased | undefined> {
  const { ctx, held, deadline } = run;
  let upload: Leased | undefined = leased;
  while (upload && !upload.digests) {
    if (upload.stagingEtag === null) {
      upload = await identify(ctx, upload);
      continue;
    }
    const told: Leased | "unknown" | undefined = await takeKnown(run, upload);
    if (told !== "unknown") {
      upload = told;
      continue;
    }
    const native: Leased | "late" | undefined = await hashWhole(run, upload);
    if (native !== "late") {
      upload = native;
      continue;
    }
    if (!held.mayGoOn()) return upload;
    upload = await hashSlice(run, upload);
    if (upload && !upload.digests && (ctx.deps.clock() >= deadline || !held.mayGoOn())) return upload;
  }
  return upload;
}

/** The object that is there now is the one to be hashed. */
async function identify(ctx: Ctx, upload: Leased): Promise<Leased | undefined> {
  const found = await ctx.deps.storage.head(writtenKey(upload));
  if (found?.size === upload.size) return save(ctx, upload, { stagingEtag: found.etag });
  await endUpload(ctx, upload, "rejected", "SIZE_MISMATCH");
  return undefined;
}

/** The hash that the store has taken of these bytes. `unknown` where it has not, or others are wanted, too. */
async function takeKnown({ ctx, names }: Run, upload: Leased): Promise<Leased | "unknown" | undefined> {
  if (names.some((name) => name !== "sha256") || upload.hashState !== null) return "unknown";
  const known = await ctx.deps.storage.knownSha256(writtenKey(upload));
  if (known === null) return "unknown";
  if (known.etag !== upload.stagingEtag) return startOver(ctx, upload);
  const digests = { sha256: known.sha256, sha1: "", sha512: "" };
  return { ...upload, bytesVerified: upload.size, hashState: null, digests };
}

/** One native pass over all bytes. `late` where it would not end in time, or has to stop. */
async function hashWhole(run: Run, upload: Leased): Promise<Leased | "late" | undefined> {
  const { ctx, held, names, deadline } = run;
  const { size } = upload;
  const pace = nativePace(ctx, names, size, deadline);
  // What has come far in slices is there sooner by the rest of them.
  const isFar = upload.hashState !== null && upload.bytesVerified > size / 2;
  if (isFar || !pace.endsInTime(0)) return "late";

  const hasher = createNativeHasher(names);
  const goOn = () => {
    held.report(hasher.bytes);
    return held.mayGoOn() && pace.endsInTime(hasher.bytes);
  };
  const read = await readInto(ctx, upload, { start: 0, end: size - 1 }, hasher, goOn);
  pace.learn(hasher.bytes);
  if (read === "stopped") return "late";
  if (read !== "read") return read;
  const verified = { bytesVerified: size, hashState: null, digests: hasher.digest() };
  return size <= INLINE_VERIFY_BYTES ? { ...upload, ...verified } : save(ctx, upload, verified);
}

/** The next slice, after which the state is saved for whoever goes on. */
async function hashSlice(run: Run, upload: Leased): Promise<Leased | undefined> {
  const { ctx, held, names, sliceBytes } = run;
  const hasher = restoredHasher(ctx, upload, names);
  const start = hasher.bytes;
  const end = Math.min(start + sliceBytes, upload.size) - 1;
  const read = await readInto(ctx, upload, { start, end }, hasher, () => held.mayGoOn());
  if (read === "stopped") return upload;
  if (read !== "read") return read;
  const whole = hasher.bytes === upload.size;
  return save(ctx, upload, {
    bytesVerified: hasher.bytes,
    hashState: whole ? null : hasher.save(),
    ...(whole && { digests: hasher.digest() }),
  });
}

/** The hasher that goes on where the saved state ends; from the start where this version of the code cannot read it. */
function restoredHasher(ctx: Ctx, upload: Leased, names: readonly HashName[]) {
  const { hashModules, log } = ctx.deps;
  try {
    return createResumableHasher(hashModules, names, upload.hashState ?? undefined);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    log.warn("verification starts over: its saved state cannot be read", { upload_id: upload.id });
    return createResumableHasher(hashModules, names);
  }
}

type Read = "read" | "stopped" | Leased | undefined;

/**
 * Feeds a range of an upload's object to a hasher.
 * @returns the upload as it is to be gone on with, where the object is another by now; undefined where it has ended
 */
async function readInto(
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

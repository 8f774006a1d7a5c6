import type { Ctx } from "../../core/context.ts";
import {
  createNativeHasher,
  createResumableHasher,
  type Hasher,
  type HashName,
} from "../../kit/hash/hash.ts";
import { writtenKey } from "../publishing/objects.ts";
import { INLINE_VERIFY_BYTES } from "../policy.ts";
import { endUpload } from "../uploads.ts";
import { saveProgress, startOver, type KeptLease, type Leased } from "./leases.ts";
import { nativePace } from "./pace.ts";
import { readInto } from "./read-object.ts";

/** One run at verifying an upload, which ends by `deadline` (milliseconds since 1970). */
export type Run = {
  ctx: Ctx;
  held: KeptLease;
  names: readonly HashName[];
  deadline: number;
  sliceBytes: number;
};

type Known = { sha256: string };

/**
 * Hashes what is left of an upload.
 * @returns the upload; it has its digests unless this run has to stop before. Undefined where the upload has ended or
 *   belongs to another run
 */
export async function hashUpload(run: Run, leased: Leased): Promise<Leased | undefined> {
  const { ctx, held, deadline } = run;
  let upload: Leased | undefined = leased;
  while (upload && !upload.digests) {
    if (upload.stagingEtag === null) {
      upload = await identify(ctx, upload);
      continue;
    }
    if (upload.size === 0) return hashNothing(run, upload);
    const known: Known | "replaced" | undefined = await askForHash(run, upload);
    if (known === "replaced") {
      upload = await startOver(ctx, upload);
      continue;
    }
    const native: Leased | "late" | undefined = await hashWhole(run, upload, known);
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

/** Whatever object is there now is hashed, even where another was there before. */
async function identify(ctx: Ctx, upload: Leased): Promise<Leased | undefined> {
  const found = await ctx.deps.storage.head(writtenKey(upload));
  if (found?.size === upload.size) return saveProgress(ctx, upload, { stagingEtag: found.etag });
  await endUpload(ctx, upload, "rejected", "SIZE_MISMATCH");
  return undefined;
}

/** What was found empty under its ETag has nothing to be read: no range of it could be. */
function hashNothing({ names }: Run, upload: Leased): Leased {
  return { ...upload, digests: createNativeHasher(names).digest() };
}

/** What the store has taken of these bytes. `replaced` where it has that of others; undefined where it has none. */
async function askForHash({ ctx, names }: Run, upload: Leased): Promise<Known | "replaced" | undefined> {
  // Few bytes that are read for other hashes anyway are hashed in less time than the question takes.
  const isReadSoon = names.length > 1 && upload.size <= INLINE_VERIFY_BYTES;
  if (upload.hashState !== null || isReadSoon) return undefined;
  const known = await ctx.deps.storage.knownSha256(writtenKey(upload));
  if (known === null) return undefined;
  return known.etag === upload.stagingEtag ? { sha256: known.sha256 } : "replaced";
}

/**
 * One native pass over all bytes for the hashes that are not `known`; nothing is read where that is none. `late` where it
 * would not end in time, or has to stop.
 */
async function hashWhole(
  run: Run,
  upload: Leased,
  known: Known | undefined,
): Promise<Leased | "late" | undefined> {
  const { size } = upload;
  const names = known === undefined ? run.names : run.names.filter((name) => name !== "sha256");
  const hasher = createNativeHasher(names);
  const read = names.length === 0 ? "read" : await readWhole(run, upload, names, hasher);
  if (read !== "read") return read;
  const digests = { ...hasher.digest(), ...known };
  const verified = { bytesVerified: size, hashState: null, digests };
  const isShort = names.length === 0 || size <= INLINE_VERIFY_BYTES;
  return isShort ? { ...upload, ...verified } : saveProgress(run.ctx, upload, verified);
}

async function readWhole(
  { ctx, held, deadline }: Run,
  upload: Leased,
  names: readonly HashName[],
  hasher: Hasher,
): Promise<Leased | "read" | "late" | undefined> {
  const { size } = upload;
  const pace = nativePace(ctx, names, size, deadline);
  // Where slices have come far, hashing the rest of them takes less than a whole pass.
  const isFar = upload.hashState !== null && upload.bytesVerified > size / 2;
  if (isFar || !pace.endsInTime(0)) return "late";
  const goOn = () => {
    held.report(hasher.bytes);
    return held.mayGoOn() && pace.endsInTime(hasher.bytes);
  };
  const read = await readInto(ctx, upload, { start: 0, end: size - 1 }, hasher, goOn);
  pace.learn(hasher.bytes);
  return read === "stopped" ? "late" : read;
}

/** Hashes the next slice, then saves the state for the run that goes on. */
async function hashSlice(run: Run, upload: Leased): Promise<Leased | undefined> {
  const { ctx, held, names, sliceBytes } = run;
  const hasher = restoredHasher(ctx, upload, names);
  const start = hasher.bytes;
  const end = Math.min(start + sliceBytes, upload.size) - 1;
  const read = await readInto(ctx, upload, { start, end }, hasher, () => held.mayGoOn());
  if (read === "stopped") return upload;
  if (read !== "read") return read;
  const whole = hasher.bytes === upload.size;
  return saveProgress(ctx, upload, {
    bytesVerified: hasher.bytes,
    hashState: whole ? null : hasher.save(),
    ...(whole && { digests: hasher.digest() }),
  });
}

/**
 * The hasher that goes on from the saved state; from the beginning where this version of the code cannot read that state.
 */
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

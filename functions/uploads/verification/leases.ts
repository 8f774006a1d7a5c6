import { and, eq, lt } from "drizzle-orm";
import { uploads } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import { newId } from "../../kit/ids.ts";
import { holdsLease } from "../../core/stopping.ts";
import { RENEW_LEASE_MS, VERIFY_LEASE_MS } from "../policy.ts";
import type { Upload } from "../uploads.ts";

/** An upload that one run holds until its lease ends. */
export type Leased = Upload & { leaseHolder: string; sha256: string };

/** Forgets whatever was hashed, because the staged bytes were replaced meanwhile. */
export function startOver(ctx: Ctx, upload: Leased): Promise<Leased | undefined> {
  return saveProgress(ctx, upload, { stagingEtag: null, bytesVerified: 0, hashState: null, digests: null });
}

/** A lease that begins now, for a new holder. */
export function newLease(ctx: Ctx): Pick<Leased, "leaseHolder" | "leaseUntil"> {
  const now = ctx.deps.clock();
  return { leaseHolder: newId("lse", now), leaseUntil: now + VERIFY_LEASE_MS };
}

/** Takes an upload that nobody is verifying at the moment; undefined where that is not possible. */
export async function takeLease(ctx: Ctx, uploadId: string): Promise<Leased | undefined> {
  const now = ctx.deps.clock();
  const { leased } = await ctx.deps.db.write((q) => ({
    leased: q
      .update(uploads)
      .set(newLease(ctx))
      .where(and(eq(uploads.id, uploadId), eq(uploads.state, "verifying"), lt(uploads.leaseUntil, now)))
      .returning(),
  }));
  return leased[0] as Leased | undefined;
}

/** Saves progress and renews the lease; undefined where the upload no longer belongs to this run. */
export async function saveProgress(
  ctx: Ctx,
  upload: Leased,
  progress: Partial<Upload>,
): Promise<Leased | undefined> {
  const leaseUntil = ctx.deps.clock() + VERIFY_LEASE_MS;
  const { saved } = await ctx.deps.db.write((q) => ({
    saved: q
      .update(uploads)
      .set({ ...progress, leaseUntil })
      .where(
        and(
          eq(uploads.id, upload.id),
          eq(uploads.state, "verifying"),
          eq(uploads.leaseHolder, upload.leaseHolder),
        ),
      )
      .returning(),
  }));
  return saved[0] as Leased | undefined;
}

/** Gives an upload back for the next run. That one takes first the uploads that have waited longest. */
export async function releaseLease(ctx: Ctx, upload: Leased): Promise<void> {
  const before = ctx.deps.clock() - 1;
  // Removes the holder as well, so that a renewal that is still under way finds no lease to renew.
  await ctx.deps.db.write((q) => ({
    released: q
      .update(uploads)
      .set({ leaseUntil: before, leaseHolder: null })
      .where(and(eq(uploads.id, upload.id), eq(uploads.leaseHolder, upload.leaseHolder))),
  }));
}

export type KeptLease = {
  /** Whether the work may go on: this run still holds the lease, and this isolate is not to stop. */
  mayGoOn(): boolean;
  /** Shows how far a pass has come whose state cannot be saved. */
  report(bytes: number): void;
  stop(): void;
};

/** Renews a lease until told to stop. Where the isolate has to stop before that, the lease is given back. */
export function keepLease(ctx: Ctx, upload: Leased): KeptLease {
  const { clock, log } = ctx.deps;
  let { leaseUntil } = upload;
  let bytesVerified: number | undefined;
  async function renew(): Promise<void> {
    const progress = bytesVerified === undefined ? {} : { bytesVerified };
    leaseUntil = (await saveProgress(ctx, upload, progress))?.leaseUntil ?? 0;
  }
  const timer = setInterval(() => {
    renew().catch((error: unknown) => log.warn("lease not renewed", { upload_id: upload.id, error }));
  }, RENEW_LEASE_MS);
  const isDone = holdsLease(ctx.deps, () => releaseLease(ctx, upload));
  return {
    mayGoOn: () => ctx.mayGoOn() && clock() < leaseUntil,
    report: (bytes) => void (bytesVerified = bytes),
    stop() {
      clearInterval(timer);
      isDone();
    },
  };
}

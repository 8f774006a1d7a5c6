import { and, asc, eq, inArray, isNotNull, lt, or } from "drizzle-orm";
import { blobs, uploads } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import { backgroundMs } from "../verification/background.ts";
import { deleteBytes } from "../publishing/objects.ts";
import {
  BLOB_GRACE_MS,
  CRON_VERIFY_MS,
  PUT_URL_SECONDS,
  STUCK_MS,
  UPLOAD_MEMORY_MS,
  VERIFIED_AT_ONCE,
} from "../policy.ts";
import { endUpload } from "../uploads.ts";
import { advanceVerification } from "../verification/verify-upload.ts";

/** How many rows are read at once. */
const BATCH = 100;
/**
 * How many rows a run of a job works on. Each costs up to four requests; the three jobs here run in one invocation, and a Worker
 * may make 10,000 in that.
 */
const MOST_IN_RUN = 800;

/**
 * Works on batch after batch until one is not full, the run has done its share, or this isolate is to stop.
 * @param work does what it can of the next batch, and returns how many rows it is done with: those come no more
 */
async function batchByBatch(ctx: Ctx, work: () => Promise<number>): Promise<void> {
  for (let done = 0; done < MOST_IN_RUN && ctx.mayGoOn();) {
    const finished = await work();
    if (finished < BATCH) return;
    done += finished;
  }
}

/**
 * Continues verifications that nobody is working on, those first that have waited longest, a few at a time, until the tick's
 * time is used up. Each has its own lease, so runs may overlap, and one that is slow or fails does not delay the others.
 */
export async function verifyUploads(ctx: Ctx): Promise<void> {
  const deadline = ctx.deps.clock() + Math.min(CRON_VERIFY_MS, backgroundMs(ctx));
  const waiting = await ctx.deps.db.read((q) =>
    q
      .select({ id: uploads.id })
      .from(uploads)
      .where(and(eq(uploads.state, "verifying"), lt(uploads.leaseUntil, ctx.deps.clock())))
      .orderBy(asc(uploads.leaseUntil), asc(uploads.createdAt))
      .limit(BATCH),
  );
  const verifier = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (ctx.deps.clock() >= deadline || !ctx.mayGoOn()) return;
      const { id } = next;
      await advanceVerification(ctx, id, deadline).catch((error: unknown) =>
        ctx.deps.log.error("verification failed", { upload_id: id, error }),
      );
    }
  };
  await Promise.all(Array.from({ length: VERIFIED_AT_ONCE }, verifier));
}

/**
 * Ends uploads that were never completed in time, whose verification fails again and again, or whose release was never
 * published; their multipart uploads are aborted and their quota comes back.
 */
export function expireUploads(ctx: Ctx): Promise<void> {
  return batchByBatch(ctx, async () => {
    const now = ctx.deps.clock();
    const stuck = and(eq(uploads.state, "verifying"), lt(uploads.expiresAt, now - STUCK_MS));
    const overdue = await ctx.deps.db.read((q) =>
      q
        .select()
        .from(uploads)
        .where(or(and(inArray(uploads.state, ["pending", "held"]), lt(uploads.expiresAt, now)), stuck))
        .limit(BATCH),
    );
    for (const [done, upload] of overdue.entries()) {
      if (!ctx.mayGoOn()) return done;
      if (await endUpload(ctx, upload, "expired"))
        ctx.deps.log.info("upload expired", { upload_id: upload.id });
    }
    return overdue.length;
  });
}

/**
 * Once no upload URL can write any more, deletes the bytes that ended uploads may have left; later forgets uploads that
 * ended long ago.
 */
export async function sweepStaging(ctx: Ctx): Promise<void> {
  const now = ctx.deps.clock();
  await batchByBatch(ctx, async () => {
    const swept = await ctx.deps.db.read((q) =>
      q
        .select()
        .from(uploads)
        .where(
          and(
            eq(uploads.staged, true),
            isNotNull(uploads.endedAt),
            lt(uploads.endedAt, now - PUT_URL_SECONDS * 1000),
          ),
        )
        .limit(BATCH),
    );
    const ids = await deleteBytes(ctx, swept);
    await ctx.deps.db.write((q) => ({
      swept: q.update(uploads).set({ staged: false }).where(inArray(uploads.id, ids)),
    }));
    return ids.length;
  });
  await ctx.deps.db.write((q) => ({
    forgotten: q
      .delete(uploads)
      .where(and(eq(uploads.staged, false), lt(uploads.endedAt, now - UPLOAD_MEMORY_MS))),
  }));
}

/**
 * Deletes objects that nothing has referred to for longer than any signed URL lives. The statement that marks a blob checks
 * its references again, and no publication uses a marked blob: it stores the same bytes anew, under another key.
 */
export function collectGarbage(ctx: Ctx): Promise<void> {
  const { db, storage, clock, log } = ctx.deps;
  return batchByBatch(ctx, async () => {
    const released = and(eq(blobs.refs, 0), lt(blobs.releasedAt, clock() - BLOB_GRACE_MS));
    const candidates = await db.read((q) =>
      q.select({ id: blobs.id }).from(blobs).where(released).limit(BATCH),
    );
    if (candidates.length === 0) return 0;
    const ids = candidates.map((blob) => blob.id);
    const { marked } = await db.write((q) => ({
      marked: q
        .update(blobs)
        .set({ state: "deleting" })
        .where(and(inArray(blobs.id, ids), released))
        .returning({ id: blobs.id, objectKey: blobs.objectKey, size: blobs.size }),
    }));
    for (const [done, blob] of marked.entries()) {
      // A blob that is marked but not deleted here is the first that the next run finds.
      if (!ctx.mayGoOn()) return done;
      await storage.delete(blob.objectKey);
      await db.write((q) => ({
        blob: q.delete(blobs).where(and(eq(blobs.id, blob.id), eq(blobs.state, "deleting"))),
      }));
      log.info("object collected", { object: blob.objectKey, size: blob.size });
    }
    return marked.length;
  });
}

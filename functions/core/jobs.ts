import { and, eq, sql } from "drizzle-orm";
import type { SQLiteUpdateSetSource } from "drizzle-orm/sqlite-core";
import { jobs } from "../../schema/core.ts";
import type { Ctx } from "./context.ts";
import { newId } from "../kit/ids.ts";
import { holdsLease } from "./stopping.ts";

/** How long a job waits after the process that ran it died. A running job renews its lease long before. */
export const JOB_LEASE_MS = 90_000;
/** Three tries within a lease, should the database be slow to answer. */
const RENEW_MS = JOB_LEASE_MS / 3;

/**
 * A job works in bounded slices and asks `ctx.mayGoOn()` before each. Where the answer is no, it returns the place where its
 * next run has to go on.
 */
export type Job = (ctx: Ctx, cursor: string | null) => Promise<string | null | void>;

/**
 * Runs a job, unless another run holds it or this isolate is to stop. The next run goes on where the job's return value
 * says. A job that fails leaves its cursor unchanged. A job that dies holds its lease until it runs out.
 */
export async function runJob(ctx: Ctx, name: string, job: Job): Promise<void> {
  if (!ctx.mayGoOn()) return;
  const { clock, log } = ctx.deps;
  const startedAt = clock();
  const holder = newId("run", startedAt);
  const taken = await take(ctx, name, holder, startedAt);
  if (!taken) return;
  const lease = keepLease(ctx, name, holder, startedAt + JOB_LEASE_MS);
  const isDone = holdsLease(ctx.deps, () => release(ctx, name, holder, {}));
  const mayGoOn = () => ctx.mayGoOn() && lease.isHeld();
  try {
    const cursor = (await job({ ...ctx, mayGoOn }, taken.cursor)) ?? null;
    const [now, isWhole] = [clock(), mayGoOn()];
    const success = { succeededAt: now, lastMs: now - startedAt, failures: 0 };
    await release(ctx, name, holder, { cursor, ...(isWhole && success) });
  } catch (error) {
    const ms = clock() - startedAt;
    log.error("job failed", { job: name, ms, error });
    const failure = { failedAt: clock(), lastMs: ms, failures: sql`${jobs.failures} + 1` };
    await release(ctx, name, holder, failure).catch(() => undefined);
  } finally {
    lease.stop();
    isDone();
  }
}

/**
 * Takes the job's lease. A run that died counts as a failure.
 * @returns where to go on, or undefined where another run holds the job
 */
async function take(ctx: Ctx, name: string, holder: string, startedAt: number) {
  const lease = { holder, leaseUntil: startedAt + JOB_LEASE_MS, startedAt };
  // Earlier releases left the holder's name behind when a run ended, but no lease.
  const died = sql`${jobs.holder} IS NOT NULL AND ${jobs.leaseUntil} > 0`;
  const { taken } = await ctx.deps.db.write((q) => ({
    taken: q
      .insert(jobs)
      .values({ name, ...lease })
      .onConflictDoUpdate({
        target: jobs.name,
        set: {
          ...lease,
          failures: sql`${jobs.failures} + (${died})`,
          failedAt: sql`CASE WHEN ${died} THEN ${startedAt} ELSE ${jobs.failedAt} END`,
        },
        setWhere: sql`${jobs.leaseUntil} < ${startedAt}`,
      })
      .returning({ cursor: jobs.cursor }),
  }));
  return taken[0];
}

/** Renews a lease until told to stop, even while the job waits for one long answer. */
function keepLease(ctx: Ctx, name: string, holder: string, until: number) {
  const { db, clock, log } = ctx.deps;
  let leaseUntil = until;
  async function renew(): Promise<void> {
    const next = clock() + JOB_LEASE_MS;
    const { renewed } = await db.write((q) => ({
      renewed: q
        .update(jobs)
        .set({ leaseUntil: next })
        .where(and(eq(jobs.name, name), eq(jobs.holder, holder)))
        .returning({ name: jobs.name }),
    }));
    leaseUntil = renewed.length > 0 ? next : 0;
  }
  const timer = setInterval(() => {
    renew().catch((error: unknown) => log.warn("job lease not renewed", { job: name, error }));
  }, RENEW_MS);
  return { isHeld: () => clock() < leaseUntil, stop: () => clearInterval(timer) };
}

/** Removes the holder as well, so that a renewal that is still under way finds no lease to renew. */
async function release(
  ctx: Ctx,
  name: string,
  holder: string,
  outcome: SQLiteUpdateSetSource<typeof jobs>,
): Promise<void> {
  await ctx.deps.db.write((q) => ({
    released: q
      .update(jobs)
      .set({ ...outcome, holder: null, leaseUntil: 0 })
      .where(and(eq(jobs.name, name), eq(jobs.holder, holder))),
  }));
}

import { and, eq, sql } from "drizzle-orm";
import { jobs } from "../../schema/admin.ts";
import type { Ctx } from "./context.ts";
import { newId } from "./ids.ts";

/** Longer than a cron invocation may last (15 minutes), so that a job never runs beside itself. */
const JOB_LEASE_MS = 16 * 60_000;

export type Job = (ctx: Ctx, cursor: string | null) => Promise<string | null | void>;

/**
 * Runs a job unless another run holds it. What the job returns is where its next run goes on; a job that dies leaves its
 * cursor as it was, and its lease to run out.
 */
export async function runJob(ctx: Ctx, name: string, job: Job): Promise<void> {
  const { db, clock, log } = ctx.deps;
  const startedAt = clock();
  const holder = newId("run", startedAt);
  const lease = { holder, leaseUntil: startedAt + JOB_LEASE_MS };
  const [rows] = await db.write((q) => [
    q
      .insert(jobs)
      .values({ name, ...lease })
      .onConflictDoUpdate({ target: jobs.name, set: lease, setWhere: sql`${jobs.leaseUntil} < ${startedAt}` })
      .returning({ cursor: jobs.cursor }),
  ]);
  const taken = rows[0];
  if (!taken) return;
  const release = (changes: { cursor?: string | null }) =>
    db.write((q) => [
      q
        .update(jobs)
        .set({ ...changes, leaseUntil: 0 })
        .where(and(eq(jobs.name, name), eq(jobs.holder, holder))),
    ]);
  try {
    const cursor = await job(ctx, taken.cursor);
    await release({ cursor: cursor ?? null });
  } catch (error) {
    log.error("job failed", { job: name, ms: clock() - startedAt, error });
    await release({}).catch(() => undefined);
  }
}

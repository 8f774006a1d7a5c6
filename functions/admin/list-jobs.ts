import { asc } from "drizzle-orm";
import { jobs } from "../../schema/core.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { TICK } from "../core/ticks.ts";

export type JobState = {
  name: string;
  is_running: boolean;
  /** ISO 8601, as all moments here. */
  started_at: string | null;
  succeeded_at: string | null;
  failed_at: string | null;
  /** Milliseconds. */
  last_ms: number | null;
  failures: number;
};

/** The jobs of cron that have ever run, by name, and when cron was last seen alive. One round trip. */
export async function listJobs(ctx: Ctx): Promise<{ cron_seen_at: string | null; jobs: JobState[] }> {
  requireAdmin(ctx);
  const now = ctx.deps.clock();
  const rows = await ctx.deps.db.read((q) => q.select().from(jobs).orderBy(asc(jobs.name)));
  return {
    cron_seen_at: isoOrNull(rows.find(({ name }) => name === TICK)?.startedAt),
    jobs: rows
      .filter(({ name }) => name !== TICK)
      .map((row) => ({
        name: row.name,
        is_running: row.leaseUntil > now,
        started_at: isoOrNull(row.startedAt),
        succeeded_at: isoOrNull(row.succeededAt),
        failed_at: isoOrNull(row.failedAt),
        last_ms: row.lastMs,
        failures: row.failures,
      })),
  };
}

const isoOrNull = (at: number | null | undefined) => (at == null ? null : new Date(at).toISOString());

import { ensureFirstAdministrator, expireAttempts, expireSessions } from "./accounts/index.ts";
import { watchLedger } from "./billing/index.ts";
import { expireInputs, sweepOutputs, tickCompute } from "./compute/index.ts";
import { archiveLogs } from "./admin/index.ts";
import type { Ctx } from "./core/context.ts";
import { runJob } from "./core/jobs.ts";
import { STOP_JOBS, stopJobs, WRITE_MEMORY } from "./core/stopping.ts";
import { noteTick } from "./core/ticks.ts";
import { flushPluginDownloads } from "./plugins/index.ts";
import { cleanUpWhenFull, flushDownloads } from "./updates/index.ts";
import {
  FURTHER_DIGESTS,
  collectGarbage,
  expireUploads,
  reconcileObjects,
  reconcileTotals,
  sweepOrphanedStaging,
  sweepStaging,
  takeFurtherDigests,
  verifyUploads,
} from "./uploads/index.ts";

/** A tick that took longer than any should may have stood still: then the next one finds out for how long. */
const LONGEST_TICK_MS = 2 * 60_000;

/** Writes this isolate's log, runs what a cron expression of wrangler.toml stands for, and writes what that logged. */
export async function runCron(expression: string, ctx: Ctx): Promise<void> {
  if (expression === STOP_JOBS) return await stopJobs(ctx.deps);
  if (expression === WRITE_MEMORY) return await writeMemory(ctx);
  const { logSink } = ctx.deps;
  await logSink.flush();
  try {
    await runTick(expression, ctx);
  } finally {
    await logSink.flush();
  }
}

/** Counts and log entries of this isolate. @throws what the database did, or Error where entries are left. */
async function writeMemory(ctx: Ctx): Promise<void> {
  await flushDownloads(ctx);
  await flushPluginDownloads(ctx);
  await ctx.deps.logSink.flush();
  if (ctx.deps.logSink.waiting > 0) throw new Error("log entries are left that cannot be written");
}

/** Cron expressions and what each does. Every job may be skipped, overlap or die at any point. */
async function runTick(expression: string, ctx: Ctx): Promise<void> {
  const startedAt = ctx.deps.clock();
  switch (expression) {
    case "* * * * *": {
      for (const flush of [flushDownloads, flushPluginDownloads]) {
        await flush(ctx).catch((error: unknown) => ctx.deps.log.error("downloads not written", { error }));
      }
      await ensureFirstAdministrator(ctx.deps).catch((error: unknown) =>
        ctx.deps.log.error("first administrator not made", { error }),
      );
      const isNoted = await tickCompute(ctx);
      // Every upload has a lease of its own: no run of this has to wait for another.
      await verifyUploads(ctx).catch((error: unknown) =>
        ctx.deps.log.error("uploads not verified", { error }),
      );
      await runJob(ctx, FURTHER_DIGESTS, takeFurtherDigests);
      if (isNoted) await noteEnd(ctx, startedAt);
      return;
    }
    case "*/10 * * * *":
      await runJob(ctx, "expire-uploads", expireUploads);
      await runJob(ctx, "sweep-staging", sweepStaging);
      await runJob(ctx, "collect-garbage", collectGarbage);
      await runJob(ctx, "cleanup", cleanUpWhenFull);
      await runJob(ctx, "expire-sessions", expireSessions);
      await runJob(ctx, "expire-attempts", expireAttempts);
      await runJob(ctx, "expire-inputs", expireInputs);
      return;
    case "17 3 * * *":
      await runJob(ctx, "reconcile-totals", reconcileTotals);
      await runJob(ctx, "reconcile-objects", reconcileObjects);
      await runJob(ctx, "sweep-orphaned-staging", sweepOrphanedStaging);
      await runJob(ctx, "archive-logs", archiveLogs);
      await runJob(ctx, "check-ledger", watchLedger);
      await runJob(ctx, "sweep-outputs", sweepOutputs);
      return;
    default:
      ctx.deps.log.warn("unknown cron expression", { expression });
  }
}

/** Cron was alive for as long as a tick lasted: the absence before the next one begins here. */
async function noteEnd(ctx: Ctx, startedAt: number): Promise<void> {
  const now = ctx.deps.clock();
  if (now - startedAt > LONGEST_TICK_MS) return;
  await ctx.deps.db
    .write((q) => [noteTick(q, now)])
    .catch((error: unknown) => ctx.deps.log.error("end of tick not noted", { error }));
}

import { ensureFirstAdministrator, expireAttempts, expireSessions } from "./accounts/index.ts";
import type { Ctx } from "./core/context.ts";
import { runJob } from "./core/jobs.ts";
import { cleanUpWhenFull, flushDownloads } from "./updates/index.ts";
import {
  collectGarbage,
  expireUploads,
  reconcileObjects,
  reconcileTotals,
  sweepOrphanedStaging,
  sweepStaging,
  verifyUploads,
} from "./uploads/index.ts";

/** Cron expressions of wrangler.toml and what each does. Every job may be skipped, overlap or die at any point. */
export async function runCron(expression: string, ctx: Ctx): Promise<void> {
  switch (expression) {
    case "* * * * *":
      await flushDownloads(ctx).catch((error: unknown) =>
        ctx.deps.log.error("downloads not written", { error }),
      );
      await ensureFirstAdministrator(ctx.deps).catch((error: unknown) =>
        ctx.deps.log.error("first administrator not made", { error }),
      );
      await runJob(ctx, "verify-uploads", verifyUploads);
      return;
    case "*/10 * * * *":
      await runJob(ctx, "expire-uploads", expireUploads);
      await runJob(ctx, "sweep-staging", sweepStaging);
      await runJob(ctx, "collect-garbage", collectGarbage);
      await runJob(ctx, "cleanup", cleanUpWhenFull);
      await runJob(ctx, "expire-sessions", expireSessions);
      await runJob(ctx, "expire-attempts", expireAttempts);
      return;
    case "17 3 * * *":
      await runJob(ctx, "reconcile-totals", reconcileTotals);
      await runJob(ctx, "reconcile-objects", reconcileObjects);
      await runJob(ctx, "sweep-orphaned-staging", sweepOrphanedStaging);
      return;
    default:
      ctx.deps.log.warn("unknown cron expression", { expression });
  }
}

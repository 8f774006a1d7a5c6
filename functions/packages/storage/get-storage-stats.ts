import { mayReadAll, type Credential } from "../../accounts/readers.ts";
import type { Ctx } from "../../core/context.ts";
import { message, type MessageKey } from "../../core/locale/locale.ts";
import { selectAnyPrivate } from "../../releases/access.ts";
import { percentOf, readUsage, thresholds, usedBytes, type Usage } from "../../uploads/usage.ts";

/**
 * For those who may not see all software, sums are rounded up to steps of this many percent of the quota, so that they tell
 * how full the storage is but not how large a package was.
 */
const ROUNDED_TO_PERCENT = 1;

/**
 * How full the storage is, and what to do about it. `temp_size` is what unfinished uploads have reserved. Where software is
 * private, the sums are rounded up for whoever may not see all of it.
 */
export async function getStorageStats(ctx: Ctx, credential: Credential) {
  const [exact, hidden] = await Promise.all([readUsage(ctx), ctx.deps.db.read(selectAnyPrivate)]);
  const isExact = hidden.length === 0 || (await mayReadAll(ctx, credential));
  const totals = isExact ? exact : rounded(ctx, exact);
  const quota = ctx.deps.config.STORAGE_QUOTA_BYTES;
  const used = usedBytes(totals);
  const percentage = percentOf(ctx, used);
  const { full = 0, patch = 0, hotfix = 0, reserved = 0 } = totals;
  return {
    status: statusAt(percentage),
    usage_percentage: percentage,
    recommendations: recommendationsAt(percentage).map((key) => message(ctx.locale, key)),
    stats: {
      total_size: quota,
      used_size: used,
      available_size: Math.max(0, quota - used),
      usage_percentage: percentage,
      updates_total_size: full + patch + hotfix,
      full_packages_size: full,
      patch_packages_size: patch,
      hotfix_packages_size: hotfix,
      temp_size: reserved,
      timestamp: new Date(ctx.deps.clock()).toISOString(),
    },
    thresholds,
  };
}

function rounded(ctx: Ctx, totals: Usage): Usage {
  const step = Math.ceil((ctx.deps.config.STORAGE_QUOTA_BYTES * ROUNDED_TO_PERCENT) / 100);
  const up = (bytes: number) => Math.ceil(bytes / step) * step;
  return Object.fromEntries(Object.entries(totals).map(([category, bytes]) => [category, up(bytes)]));
}

function statusAt(percentage: number): "healthy" | "warning" | "cleanup" | "critical" {
  if (percentage >= thresholds.critical) return "critical";
  if (percentage >= thresholds.cleanup) return "cleanup";
  return percentage >= thresholds.warning ? "warning" : "healthy";
}

function recommendationsAt(percentage: number): MessageKey[] {
  if (percentage >= thresholds.critical) return ["storage.critical", "storage.cleanup"];
  return percentage >= thresholds.warning ? ["storage.cleanup"] : ["storage.watch"];
}

import type { Ctx } from "../../core/context.ts";
import { noteTick } from "../../core/ticks.ts";
import { tellOfOffline } from "../agents/offline-agents.ts";
import { extendLeasesAfterOutage } from "../queue/outages.ts";

/** Ticks come a little late at times, and one may be skipped where a lease leaves the time. */
const MISSED_TICKS = 1.5;

/** How long cron may have been away before agents may have lost their leases by it. Milliseconds. */
function longestAbsence({ deps: { config } }: Ctx): number {
  return 1000 * Math.max(config.LEASE_SECONDS / 2, MISSED_TICKS * config.POLL_INTERVAL_SECONDS);
}

/**
 * Notes that cron is alive, and tells of servers that have gone offline while it was; where it was away for longer than agents can bridge (this server down, its database, or cron
 * late), every running task is given one lease more, and as long to its deadline, for its agent to report. Once for each
 * outage, however many ticks overlap or repeat: the batch that notes the tick is the one that looks at the tick before.
 */
export async function forgiveOutage(ctx: Ctx, now: number): Promise<void> {
  const { db, config, log } = ctx.deps;
  const outage = { until: now + 1000 * config.LEASE_SECONDS, aliveSince: now - longestAbsence(ctx) };
  const { extended } = await db.write((q) => ({
    extended: extendLeasesAfterOutage(q, outage),
    offline: tellOfOffline(ctx, q, now, outage.aliveSince),
    noted: noteTick(q, now),
  }));
  if (extended.length > 0) log.warn("leases extended after an outage", { tasks: extended.length });
}

import type { Ctx } from "../../core/context.ts";
import type { Router } from "../../core/http/router.ts";
import { flushDailyCounts } from "./daily-counts.ts";
import { getAdoptionRoute } from "./get-adoption.route.ts";
import { getDailyRoute } from "./get-daily.route.ts";
import { flushDevices } from "./record-device.ts";

export { pruneStatistics } from "./prune-statistics.ts";

/** What publishers ask about their devices. */
export function mountStatistics(router: Router): void {
  getAdoptionRoute(router);
  getDailyRoute(router);
}

/** Writes the devices and counts that this isolate holds. */
export async function flushStatistics(ctx: Ctx): Promise<void> {
  await flushDailyCounts(ctx);
  await flushDevices(ctx);
}

import { packageCounts } from "../../../schema/packages.ts";
import { roomMetrics } from "../../core/metrics.ts";

/** How many packages there are. */
export const packageMetrics = roomMetrics(
  (q) => ({ counts: q.select().from(packageCounts) }),
  ({ counts }) => [
    {
      name: "slipway_packages",
      help: "Published packages, yanked ones included.",
      type: "gauge",
      samples: counts.map(({ platform, type, count }) => ({ labels: { platform, type }, value: count })),
    },
  ],
);

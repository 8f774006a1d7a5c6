import { downloadTotals } from "../../schema/downloads.ts";
import { roomMetrics } from "../core/metrics.ts";

/** The tables whose files are downloaded, and what the metric calls their files. */
const kinds: Readonly<Record<string, string>> = {
  packages: "package",
  companions: "companion",
  plugin_versions: "plugin",
  task_outputs: "output",
};

/** How often files were downloaded. */
export const downloadMetrics = roomMetrics(
  (q) => ({ totals: q.select().from(downloadTotals) }),
  ({ totals }) => [
    {
      name: "slipway_downloads_total",
      help: "Downloads that were begun, by kind of file; files that are gone stay counted.",
      type: "counter",
      samples: Object.entries(kinds).map(([source, kind]) => ({
        labels: { kind },
        value: totals.find((row) => row.source === source)?.downloads ?? 0,
      })),
    },
  ],
);

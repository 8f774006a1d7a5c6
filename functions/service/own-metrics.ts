import { sql } from "drizzle-orm";
import { jobs } from "../../schema/core.ts";
import { inSeconds, roomMetrics } from "../core/metrics.ts";
import { VERSION } from "../core/product.ts";
import { TICK } from "../core/ticks.ts";
import type { Metric } from "../kit/exposition.ts";

type Run = {
  name: string;
  startedAt: number | null;
  succeededAt: number | null;
  lastMs: number | null;
  failures: number;
};

/** Which version runs, and how the jobs of cron went. */
export const serviceMetrics = roomMetrics(
  (q) => ({
    // Rows that no run has begun hold something else: where claims go on, for example.
    runs: q
      .select({
        name: jobs.name,
        startedAt: jobs.startedAt,
        succeededAt: jobs.succeededAt,
        lastMs: jobs.lastMs,
        failures: jobs.failures,
      })
      .from(jobs)
      .where(sql`${jobs.startedAt} IS NOT NULL`),
  }),
  ({ runs }): Metric[] => [
    {
      name: "slipway_build_info",
      help: "The version that answers; always 1.",
      type: "gauge",
      samples: [{ labels: { version: VERSION }, value: 1 }],
    },
    {
      name: "slipway_cron_last_tick_timestamp_seconds",
      help: "When cron was last seen alive.",
      type: "gauge",
      samples: [{ value: inSeconds(runs.find(({ name }) => name === TICK)?.startedAt) }],
    },
    ...jobMetrics(runs.filter(({ name }) => name !== TICK)),
  ],
);

function jobMetrics(runs: readonly Run[]): Metric[] {
  // A label named `job` would be renamed: Prometheus has one of its own.
  const samples = (value: (run: Run) => number | undefined) =>
    runs.map((run) => ({ labels: { name: run.name }, value: value(run) }));
  return [
    {
      name: "slipway_job_last_success_timestamp_seconds",
      help: "When a job last ran to its end.",
      type: "gauge",
      samples: samples((run) => inSeconds(run.succeededAt)),
    },
    {
      name: "slipway_job_last_duration_seconds",
      help: "How long a job's last run took.",
      type: "gauge",
      samples: samples((run) => inSeconds(run.lastMs)),
    },
    {
      name: "slipway_job_consecutive_failures",
      help: "Runs of a job that failed or died since its last success.",
      type: "gauge",
      samples: samples((run) => run.failures),
    },
  ];
}

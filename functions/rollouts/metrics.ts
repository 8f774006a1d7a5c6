import { and, eq, sql } from "drizzle-orm";
import { software } from "../../schema/releases.ts";
import { rollouts } from "../../schema/rollouts/rollouts.ts";
import { dailyCounts } from "../../schema/rollouts/statistics.ts";
import { roomMetrics } from "../core/metrics.ts";

const DAY_MS = 24 * 60 * 60_000;
/** The states of rollouts that have not ended, which are few. */
const OPEN = ["active", "paused"] as const;

/** The rollouts that are under way. */
export const rolloutMetrics = roomMetrics(
  (q) => ({
    open: q
      .select({ state: rollouts.state, count: sql<number>`count(*)` })
      .from(rollouts)
      .where(sql`${rollouts.state} IN ${OPEN}`)
      .groupBy(rollouts.state),
  }),
  ({ open }) => [
    {
      name: "slipway_open_rollouts",
      help: "Rollouts that have not ended, by state.",
      type: "gauge",
      samples: OPEN.map((state) => ({
        labels: { state },
        value: open.find((row) => row.state === state)?.count ?? 0,
      })),
    },
  ],
);

/** What is counted of a day, under the name of its metric. */
const counted = {
  slipway_version_checks_total: { column: "checks", what: "Version checks and feeds that were answered" },
  slipway_update_offers_total: { column: "offers", what: "Answers that offered a version" },
  slipway_update_downloads_total: { column: "downloads", what: "Downloads of versions that were begun" },
  slipway_update_installs_total: { column: "installs", what: "Installs that devices told of" },
  slipway_update_failures_total: { column: "failures", what: "Failures that devices told of" },
} as const;

const sumOf = (column: (typeof counted)[keyof typeof counted]["column"]) =>
  sql<number>`coalesce(sum(${dailyCounts[column]}), 0)`;

/**
 * What devices did today. Counters may begin again at 0, as those of a process do when it restarts; so the sums of one day
 * are enough, each title's by the key.
 */
export const statisticsMetrics = roomMetrics(
  (q, { deps: { clock } }) => ({
    today: q
      .select({
        checks: sumOf("checks"),
        offers: sumOf("offers"),
        downloads: sumOf("downloads"),
        installs: sumOf("installs"),
        failures: sumOf("failures"),
      })
      .from(software)
      // This join alone keeps SQLite from reading all days.
      .crossJoin(dailyCounts)
      .where(and(eq(dailyCounts.softwareId, software.id), eq(dailyCounts.day, Math.floor(clock() / DAY_MS)))),
  }),
  ({ today: [today] }) =>
    Object.entries(counted).map(([name, { column, what }]) => ({
      name,
      help: `${what} since midnight (UTC).`,
      type: "counter" as const,
      samples: [{ value: today?.[column] ?? 0 }],
    })),
);

import { eq, sql } from "drizzle-orm";
import { gpuServers } from "../../schema/compute/servers.ts";
import { taskCounts, taskStates } from "../../schema/compute/tasks.ts";
import { ageInSeconds, roomMetrics } from "../core/metrics.ts";
import { onlineSince } from "./servers/server-status.ts";

/** The owner of the counts of everybody's tasks. */
const EVERYBODY = "";

/** The queue, from running counts and the end of one index, and the agents. */
export const computeMetrics = roomMetrics(
  (q, { deps: { config, clock } }) => ({
    counts: q
      .select({ state: taskCounts.status, count: sql<number>`sum(${taskCounts.count})` })
      .from(taskCounts)
      .where(eq(taskCounts.owner, EVERYBODY))
      .groupBy(taskCounts.status),
    // The index of everybody's tasks has the status in this spelling.
    oldest: q
      .select({
        createdAt: sql<number | null>`(SELECT min(created_at) FROM tasks WHERE status || '' = 'pending')`,
      })
      .from(sql`(SELECT 1)`),
    agents: q
      .select({
        total: sql<number>`count(*)`,
        online: sql<number>`coalesce(sum(${gpuServers.lastSeenAt} > ${onlineSince(config, clock())}), 0)`,
      })
      .from(gpuServers),
  }),
  ({ counts, oldest, agents: [agents] }, ctx) => {
    const [total, online] = [agents?.total ?? 0, agents?.online ?? 0];
    return [
      {
        name: "slipway_tasks",
        help: "Tasks that there are, by state.",
        type: "gauge",
        samples: taskStates.map((state) => ({
          labels: { state },
          value: counts.find((row) => row.state === state)?.count ?? 0,
        })),
      },
      {
        name: "slipway_oldest_pending_task_age_seconds",
        help: "How long ago the oldest task that waits was made; 0 where none waits.",
        type: "gauge",
        samples: [{ value: ageInSeconds(ctx, oldest[0]?.createdAt) }],
      },
      {
        name: "slipway_agents",
        help: "Registered GPU servers; online are those that were seen within the last three polls.",
        type: "gauge",
        samples: [
          { labels: { state: "online" }, value: online },
          { labels: { state: "offline" }, value: total - online },
        ],
      },
    ];
  },
);

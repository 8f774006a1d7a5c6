import { sql } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import type { Ctx } from "../../core/context.ts";
import type { Query } from "../../core/database/database.ts";
import { lastTick } from "../../core/ticks.ts";
import { jsonMoment } from "../../webhooks/events/payload.ts";
import { tellOf } from "../../webhooks/events/tell-of.ts";
import { runningTasksOfServer } from "../servers/running-tasks.sql.ts";
import { onlineSince } from "../servers/server-status.ts";

/**
 * The statements that tell webhooks of servers that have gone offline, each once until it comes back. Nothing is told where
 * cron was not alive after `aliveSince`: then it was this server that was away. The same batch must note the tick after
 * them. Milliseconds since 1970.
 */
export function tellOfOffline(ctx: Ctx, q: Query, now: number, aliveSince: number) {
  const { lastSeenAt, offlineToldOf, isActive } = gpuServers;
  const isNews = sql`${isActive} AND ${lastSeenAt} <= ${onlineSince(ctx.deps.config, now)}
    AND ${lastSeenAt} IS NOT ${offlineToldOf} AND ${lastTick} >= ${aliveSince}`;
  return {
    told: tellOf(ctx, q, {
      type: "agent.offline",
      data: {
        server_id: sql`${gpuServers.id}`,
        name: sql`${gpuServers.name}`,
        last_seen_at: jsonMoment(lastSeenAt),
        running_tasks: runningTasksOfServer,
      },
      from: sql`${gpuServers}`,
      when: isNews,
      at: now,
    }),
    marked: q
      .update(gpuServers)
      .set({ offlineToldOf: sql`${lastSeenAt}` })
      .where(isNews),
  };
}

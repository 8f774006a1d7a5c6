import { and, eq, gt, isNotNull, sql } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import type { Query } from "../../core/database/database.ts";

/** What a call of a server's agent needs to know. */
export const calledServerColumns = {
  id: gpuServers.id,
  agentUrl: sql<string>`${gpuServers.agentUrl}`,
  tokenVersion: gpuServers.tokenVersion,
};

/** How many more tasks a server could take. Counts one part of the index of running tasks. */
const room = sql<number>`max_concurrent_tasks
  - (SELECT count(*) FROM tasks WHERE status = 'running' AND gpu_server_id = gpu_servers.id)`;

/**
 * The servers that can be called, answered last time and have room, together with the number of waiting tasks; no rows where
 * none waits. The order is random, so that the first server is not always served first. Reads all servers, and counts the
 * pending tasks in their index.
 * @param seenSince milliseconds since 1970
 */
export const selectServersWithRoom = (query: Query, seenSince: number) =>
  query
    .select({
      ...calledServerColumns,
      machine: {
        taskMemory: gpuServers.taskMemory,
        gpuCount: gpuServers.gpuCount,
        gpus: gpuServers.gpus,
        taskTypes: gpuServers.taskTypes,
      },
      room,
      pending: sql<number>`(SELECT count(*) FROM tasks WHERE status = 'pending')`,
    })
    .from(gpuServers)
    .where(
      and(
        sql`EXISTS (SELECT 1 FROM tasks WHERE status = 'pending')`,
        isNotNull(gpuServers.agentUrl),
        eq(gpuServers.isActive, true),
        eq(gpuServers.failures, 0),
        gt(gpuServers.lastSeenAt, seenSince),
        sql`${room} > 0`,
      ),
    )
    .orderBy(sql`random()`);

import { sql, type SQL } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import type { Query } from "../../core/database/database.ts";

/**
 * What each server could take; none where none of the chosen tasks waits. Reads all servers, of which a farm has hundreds, and a
 * part of the index of running tasks for each.
 * @param chosen a condition on `tasks`
 */
export const selectTakers = (query: Query, chosen: SQL) =>
  query
    .select({
      isActive: gpuServers.isActive,
      lastSeenAt: gpuServers.lastSeenAt,
      taskTypes: gpuServers.taskTypes,
      taskMemory: gpuServers.taskMemory,
      gpuCount: gpuServers.gpuCount,
      gpus: gpuServers.gpus,
      room: sql<number>`max_concurrent_tasks
        - (SELECT count(*) FROM tasks WHERE status = 'running' AND gpu_server_id = gpu_servers.id)`,
    })
    .from(gpuServers)
    .where(sql`EXISTS (SELECT 1 FROM tasks WHERE ${chosen} AND status = 'pending')`);

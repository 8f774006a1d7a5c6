import { sql, type SQL } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import type { Query } from "../../core/database/database.ts";

/**
 * How many pulling servers were seen lately and have room for a task, and how many tasks one server has. Reads all servers,
 * of which a farm has hundreds, and one part of the index of running tasks.
 * @param serverId an expression
 * @param seenSince milliseconds since 1970
 */
export const countFleet = (query: Query, serverId: SQL, seenSince: number) =>
  query
    .select({
      idle: sql<number>`coalesce(sum(agent_url IS NULL AND is_active = 1 AND last_seen_at > ${seenSince}
        AND json_array_length(reported_tasks) < max_concurrent_tasks), 0)`,
      running: sql<number>`(SELECT count(*) FROM tasks WHERE status = 'running' AND gpu_server_id = ${serverId})`,
    })
    .from(gpuServers);

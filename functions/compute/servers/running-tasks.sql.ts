import { sql } from "drizzle-orm";

/** How many tasks run on a server, as a column of a query that reads `gpu_servers`: counts one part of the index of running tasks. */
export const runningTasksOfServer = sql<number>`(SELECT count(*) FROM tasks
  WHERE status = 'running' AND gpu_server_id = gpu_servers.id)`;

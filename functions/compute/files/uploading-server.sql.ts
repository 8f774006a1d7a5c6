import { eq, sql } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import type { Query } from "../../core/database/database.ts";
import type { TaskRun } from "../queue/runs.ts";

/**
 * The server that a token belongs to, whether it ever had the task, and whether it is running this attempt. Three look-ups
 * by keys.
 */
export const selectUploadingServer = (query: Query, tokenHash: string, { taskId, attempt }: TaskRun) =>
  query
    .select({
      id: gpuServers.id,
      hadTask: sql<number>`EXISTS (SELECT 1 FROM task_runs WHERE task_id = ${taskId} AND server_id = gpu_servers.id)`,
      isCurrent: sql<number>`EXISTS (SELECT 1 FROM tasks WHERE id = ${taskId} AND status = 'running'
        AND attempt = ${attempt} AND gpu_server_id = gpu_servers.id)`,
    })
    .from(gpuServers)
    .where(eq(gpuServers.tokenHash, tokenHash));

import { and, eq, sql } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { taskRuns } from "../../../schema/compute/tasks.ts";
import type { Query } from "../../core/database/database.ts";
import type { TaskRun } from "../queue/runs.ts";

/**
 * The server that a token belongs to, whether it ever had the task, and how one run of the task ended there, if it did. Two
 * look-ups in the runs of the task.
 */
export const selectReportingServer = (query: Query, tokenHash: string, { taskId, attempt }: TaskRun) =>
  query
    .select({
      hadTask: sql<number>`EXISTS (SELECT 1 FROM task_runs AS run WHERE run.task_id = ${taskId} AND run.server_id = gpu_servers.id)`,
      outcome: taskRuns.outcome,
    })
    .from(gpuServers)
    .leftJoin(
      taskRuns,
      and(eq(taskRuns.serverId, gpuServers.id), eq(taskRuns.taskId, taskId), eq(taskRuns.attempt, attempt)),
    )
    .where(eq(gpuServers.tokenHash, tokenHash));

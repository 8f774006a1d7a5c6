import { sql, type SQL } from "drizzle-orm";
import { taskLogs } from "../../../schema/compute/tasks.ts";
import type { Query, Statement } from "../../core/database/database.ts";
import type { TaskRun } from "../queue/runs.ts";

/** Number, moment (milliseconds since 1970), level and text. */
export type LogLine = readonly [seq: number, at: number, level: string, message: string];

/**
 * The statement that stores log lines of a run, each number once. It takes them while the run is under way, and after it has
 * completed or failed, because its last lines may arrive after its end. No line gets a time before the run began, whatever
 * the agent's clock says, so that archived days stay as they are. One look-up of the run, and one insert for each line.
 * @param serverId an expression; lines of another server's run are left out
 */
export const insertLogLines = (
  query: Query,
  { taskId, attempt }: TaskRun,
  serverId: SQL,
  lines: readonly LogLine[],
): Statement =>
  query
    .insert(taskLogs)
    .select(
      sql`SELECT run.task_id, run.attempt, json_extract(value, '$[0]'), max(run.started_at, json_extract(value, '$[1]')),
        json_extract(value, '$[2]'), json_extract(value, '$[3]')
      FROM task_runs AS run CROSS JOIN json_each(${JSON.stringify(lines)})
      WHERE run.task_id = ${taskId} AND run.attempt = ${attempt} AND run.server_id = ${serverId}
        AND (run.outcome IS NULL OR run.outcome IN ('completed', 'failed'))`,
    )
    .onConflictDoNothing();

import { and, gte, lt, sql } from "drizzle-orm";
import { taskLogs } from "../../../schema/compute/tasks.ts";
import type { Query, Statement } from "../../core/database/database.ts";

/**
 * The statement that deletes log lines of tasks, once they are archived.
 * @param period milliseconds since 1970, `to` not included
 * @param keys of lines: moment, task, attempt and number
 */
export function deleteTaskLogs(
  query: Query,
  { from, to }: { from: number; to: number },
  keys: readonly (readonly (string | number)[])[],
): Statement {
  const part = (index: number) => sql.raw(`json_extract(value, '$[${index}]')`);
  const listed = sql`SELECT ${part(1)}, ${part(2)}, ${part(3)} FROM json_each(${JSON.stringify(keys)})`;
  return query
    .delete(taskLogs)
    .where(
      and(
        gte(taskLogs.at, from),
        lt(taskLogs.at, to),
        sql`(${taskLogs.taskId}, ${taskLogs.attempt}, ${taskLogs.seq}) IN (${listed})`,
      ),
    );
}

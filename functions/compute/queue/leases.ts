import { sql, type SQL } from "drizzle-orm";
import { tasks } from "../../../schema/compute/tasks.ts";
import type { Query } from "../../core/database/database.ts";
import type { TaskRun } from "./runs.ts";
import { isIn } from "./transitions.ts";

/** The condition that a task's lease ended before a moment. Milliseconds since 1970. */
export const leaseEndedBefore = (moment: number): SQL => sql`${tasks.leaseUntil} < ${moment}`;

/** The condition that a task should have ended before a moment. Milliseconds since 1970. */
export const deadlineBefore = (moment: number): SQL => sql`${tasks.deadlineAt} < ${moment}`;

/** The runs of some tasks that are overdue, in no order. @param overdue a condition on `tasks` */
export const selectOverdue = (query: Query, overdue: SQL, limit: number) =>
  query
    .select({ taskId: tasks.id, attempt: tasks.attempt, serverId: tasks.gpuServerId })
    .from(tasks)
    .where(sql`${isIn(["running"])} AND ${overdue}`)
    .limit(limit);

/**
 * The statement that renews the lease of running tasks and answers their ids. Their progress never falls.
 * @param chosen a condition on `tasks`
 * @param progress percent
 */
export const renewLease = (query: Query, chosen: SQL, progress: number, now: number, leaseUntil: number) =>
  query
    .update(tasks)
    .set({ leaseUntil, ...progressOf(sql`${progress}`, now) })
    .where(sql`${chosen} AND ${isIn(["running"])}`)
    .returning({ id: tasks.id });

/** The same for all runs that a report names and that its server has; answers those runs. */
export function renewReportedLeases(
  query: Query,
  reported: readonly (TaskRun & { progress: number })[],
  serverId: SQL,
  now: number,
  leaseUntil: number,
) {
  const rows = JSON.stringify(reported.map(({ taskId, attempt, progress }) => [taskId, attempt, progress]));
  return query
    .update(tasks)
    .set({ leaseUntil, ...progressOf(sql`said.progress`, now) })
    .from(
      sql`(SELECT json_extract(value, '$[0]') AS task_id, json_extract(value, '$[1]') AS attempt,
        json_extract(value, '$[2]') AS progress FROM json_each(${rows})) AS said`,
    )
    .where(
      sql`${tasks.id} = said.task_id AND ${tasks.attempt} = said.attempt AND ${isIn(["running"])}
        AND ${tasks.gpuServerId} = ${serverId}`,
    )
    .returning({ id: tasks.id, attempt: tasks.attempt });
}

const progressOf = (said: SQL, now: number) => ({
  progress: sql`max(${tasks.progress}, ${said})`,
  updatedAt: sql`CASE WHEN ${said} > ${tasks.progress} THEN ${now} ELSE ${tasks.updatedAt} END`,
});

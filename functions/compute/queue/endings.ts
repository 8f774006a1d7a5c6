import { sql, type SQL } from "drizzle-orm";
import { taskOutputs } from "../../../schema/compute/files.ts";
import { taskRuns, tasks, type runOutcomes } from "../../../schema/compute/tasks.ts";
import { settle } from "../../billing/holds.ts";
import type { Query, Statement } from "../../core/database/database.ts";

const MINUTE_MS = 60_000;

/** How a task ends. */
export type Ending = {
  status: "completed" | "failed" | "cancelled";
  /** Hundredths. */
  cost: number | SQL<number>;
  progress?: number;
  result?: Record<string, unknown>;
  errorMessage?: string | null;
  /** Leases lost, this one included. */
  losses?: SQL<number>;
};

type Outcome = (typeof runOutcomes)[number];

/** What a running task has cost until `now`, in hundredths: each begun hundredth counts, and never more than its hold. */
export function meteredCost(now: number): SQL<number> {
  const elapsed = sql`max(0, CAST(${now} AS INTEGER) - coalesce(${tasks.startedAt}, CAST(${now} AS INTEGER)))`;
  const begun = sql`(${elapsed} * ${tasks.price} + ${sql.raw(String(MINUTE_MS - 1))}) / ${sql.raw(String(MINUTE_MS))}`;
  return sql<number>`min(${tasks.hold}, ${begun})`;
}

/**
 * The statement that ends the tasks for which `chosen` holds before it; add `.returning()` as needed. `concludeTasks`
 * must follow in the same batch.
 */
export function endTasks(query: Query, chosen: SQL, ending: Ending, now: number) {
  return query
    .update(tasks)
    .set({ ...ending, completedAt: now, updatedAt: now, leaseUntil: null, deadlineAt: null })
    .where(chosen);
}

/**
 * The statements that must follow whatever took tasks from the servers that ran them: the open run of each gets its
 * end, and the outputs of attempts that did not complete go.
 * @param chosen a condition on `tasks`; those of them that run are left alone
 */
export function closeRuns(
  query: Query,
  chosen: SQL,
  outcome: Outcome | SQL<Outcome>,
  now: number,
): [Statement, Statement] {
  const stopped = sql`FROM tasks WHERE status <> 'running' AND (${chosen})`;
  return [
    query
      .update(taskRuns)
      .set({ endedAt: now, outcome })
      .where(
        sql`${taskRuns.endedAt} IS NULL AND (${taskRuns.taskId}, ${taskRuns.attempt}) IN (SELECT id, attempt ${stopped})`,
      ),
    query.delete(taskOutputs).where(
      sql`${taskOutputs.taskId} IN (SELECT id ${stopped}) AND NOT EXISTS (SELECT 1 FROM tasks
        WHERE id = task_outputs.task_id AND tasks.attempt = task_outputs.attempt AND status = 'completed')`,
    ),
  ];
}

/**
 * Everything that must follow `endTasks`: runs closed, outputs of other attempts gone, money settled. Safe to stand in a
 * batch more than once, and for tasks that are still open.
 * @param chosen a condition on `tasks` that holds after they ended
 */
export function concludeTasks(
  query: Query,
  chosen: SQL,
  outcome: Outcome | SQL<Outcome>,
  actor: string,
  now: number,
): [Statement, Statement, Statement, Statement] {
  return [...closeRuns(query, chosen, outcome, now), ...settle(query, chosen, actor, now)];
}

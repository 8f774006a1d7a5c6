import { sql, type SQL } from "drizzle-orm";
import { taskOutputs } from "../../../schema/compute/files.ts";
import { taskRuns, tasks, type runOutcomes } from "../../../schema/compute/tasks.ts";
import { settle } from "../../billing/holds.ts";
import type { Query } from "../../core/database/database.ts";
import { isIn, moveTasks, transitions, type Transition } from "./transitions.ts";

const MINUTE_MS = 60_000;

type Outcome = (typeof runOutcomes)[number];

/** The columns of a task that has ended. */
export type Ending = {
  /** Hundredths. */
  cost: number | SQL<number>;
  progress?: number;
  result?: Record<string, unknown>;
  errorMessage?: string;
  /** Leases lost in this round, this one included. */
  losses?: SQL<number>;
};

/** A transition that ends tasks. */
export type EndingTransition = Transition & { to: "completed" | "failed" | "cancelled" };

/** What a running task has cost until `now`, in hundredths. Each begun hundredth counts; the cost never exceeds the hold. */
export function meteredCost(now: number): SQL<number> {
  const elapsed = sql`max(0, CAST(${now} AS INTEGER) - coalesce(${tasks.startedAt}, CAST(${now} AS INTEGER)))`;
  const begun = sql`(${elapsed} * ${tasks.price} + ${sql.raw(String(MINUTE_MS - 1))}) / ${sql.raw(String(MINUTE_MS))}`;
  return sql<number>`min(${tasks.hold}, ${begun})`;
}

/**
 * The statement that ends the chosen tasks; add `.returning()` as needed. In the same batch, `tellOfEnding` must come before
 * it and `concludeTasks` follow.
 * @param chosen a condition on `tasks`
 */
export const endTasks = (
  query: Query,
  transition: EndingTransition,
  chosen: SQL,
  ending: Ending,
  now: number,
) =>
  moveTasks(query, transition, chosen, {
    ...ending,
    completedAt: now,
    updatedAt: now,
    leaseUntil: null,
    deadlineAt: null,
  });

/**
 * The statements that must follow any statement that takes tasks from the servers that ran them: the open run of each task
 * gets its end, and the outputs of runs that did not complete are deleted.
 * @param chosen a condition on `tasks`; tasks that still run are left alone
 */
export function closeRuns(query: Query, chosen: SQL, outcome: Outcome, now: number) {
  const stopped = sql`FROM ${tasks} WHERE ${tasks.status} <> 'running' AND (${chosen})`;
  const completed = sql`SELECT 1 FROM ${tasks} WHERE ${tasks.id} = ${taskOutputs.taskId}
    AND ${tasks.attempt} = ${taskOutputs.attempt} AND ${isIn(["completed"])}`;
  return {
    runs: query
      .update(taskRuns)
      .set({ endedAt: now, outcome })
      .where(
        sql`${taskRuns.endedAt} IS NULL
        AND (${taskRuns.taskId}, ${taskRuns.attempt}) IN (SELECT ${tasks.id}, ${tasks.attempt} ${stopped})`,
      ),
    outputs: query
      .delete(taskOutputs)
      .where(sql`${taskOutputs.taskId} IN (SELECT ${tasks.id} ${stopped}) AND NOT EXISTS (${completed})`),
  };
}

/**
 * All statements that must follow `endTasks`: they close the runs, delete the outputs of other runs and settle the money. A
 * batch may hold them more than once, and they leave open tasks alone.
 * @param chosen a condition on `tasks` that holds after they ended
 * @param actor in whose name the money is booked
 */
export const concludeTasks = (query: Query, chosen: SQL, outcome: Outcome, actor: string, now: number) => ({
  ...closeRuns(query, chosen, outcome, now),
  money: settle(query, chosen, actor, now),
});

/** The statement that deletes a task that has ended; add `.returning()` as needed. @param chosen a condition on `tasks` */
export const deleteEndedTask = (query: Query, chosen: SQL) =>
  query.delete(tasks).where(sql`${chosen} AND ${isIn(transitions.deleted.from)}`);

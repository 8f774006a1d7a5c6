import { sql, type SQL } from "drizzle-orm";
import { tasks } from "../../../schema/compute/tasks.ts";
import type { Query } from "../../core/database/database.ts";
import { moveTasks, transitions, type TaskState, type Transition } from "./transitions.ts";

/** A transition by which tasks wait again. */
type ReturningTransition = Transition & { to: "pending" };

/** The columns of a task that no server runs. */
const onNoServer = {
  progress: 0,
  gpuServerId: null,
  claimId: null,
  leaseUntil: null,
  deadlineAt: null,
  startedAt: null,
} as const;

/** The mark that returned tasks get. */
type Marks = {
  losses?: SQL<number>;
  /** By this mark, the statements after this one find the tasks that it returned. */
  claimId?: string;
};

/**
 * The statement that puts running tasks back into the queue. `closeRuns` must follow in the same batch.
 * @param chosen a condition on `tasks`
 */
export const returnTasks = (
  query: Query,
  transition: ReturningTransition,
  chosen: SQL,
  now: number,
  marks: Marks = {},
) => moveTasks(query, transition, chosen, { ...onNoServer, ...marks, updatedAt: now });

/**
 * The statement that starts ended tasks again, in their next round; add `.returning()` as needed.
 * @param chosen a condition on `tasks`
 * @param start the owner and the new state, each NULL where the task may not start
 */
export const restartTask = (
  query: Query,
  chosen: SQL,
  start: { userId: SQL<string>; status: SQL<TaskState> },
  now: number,
) =>
  moveTasks(query, transitions.retried, chosen, {
    ...onNoServer,
    ...start,
    round: sql`${tasks.round} + 1`,
    losses: 0,
    cost: 0,
    result: {},
    errorMessage: null,
    completedAt: null,
    updatedAt: now,
  });

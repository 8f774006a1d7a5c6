import { sql, type SQL } from "drizzle-orm";
import type { SQLiteUpdateSetSource } from "drizzle-orm/sqlite-core";
import { tasks, type taskStates } from "../../../schema/compute/tasks.ts";
import type { Query } from "../../core/database/database.ts";

export type TaskState = (typeof taskStates)[number];

/** Where a task is before it is made and after it is deleted, as state diagrams write it. */
export const NOWHERE = "[*]";

type Place = TaskState | typeof NOWHERE;
type Arrow<From extends Place, To extends Place> = { event: string; from: readonly From[]; to: To };

/** A way from some states to another. */
export type Transition = Arrow<TaskState, TaskState>;

/** A task in one of these states neither waits nor runs; only such tasks can be deleted. */
const ENDED = ["completed", "failed", "cancelled"] as const;

/** Every change of a task's state. Each is one statement; a task changes its state in no other way. */
export const transitions = {
  /** The insert in tasks/create-task.ts. */
  created: { event: "created", from: [NOWHERE], to: "pending" },
  /** `claimTasks`. */
  claimed: { event: "claimed", from: ["pending"], to: "running" },
  /** `endTasks`, for an agent's report. */
  completed: { event: "completed", from: ["running"], to: "completed" },
  /** `endTasks`, for an agent's report. */
  failed: { event: "failed", from: ["running"], to: "failed" },
  /** `endTasks`, for the owner or an administrator. */
  cancelled: { event: "cancelled", from: ["pending", "running"], to: "cancelled" },
  /** `returnTasks`: its server was silent for too long. */
  leaseLost: { event: "lease lost", from: ["running"], to: "pending" },
  /** `endTasks`, in place of the third return. */
  lostTooOften: { event: "lost three times", from: ["running"], to: "failed" },
  /** `endTasks`: it ran for longer than it may. */
  timedOut: { event: "timed out", from: ["running"], to: "failed" },
  /** `returnTasks`: the agent that it was brought to did not take it. */
  refused: { event: "refused by its agent", from: ["running"], to: "pending" },
  /** `returnTasks`. */
  serverDeleted: { event: "server deleted", from: ["running"], to: "pending" },
  /** `restartTask`. */
  retried: { event: "retried", from: ["failed", "cancelled"], to: "pending" },
  /** `deleteEndedTask`. */
  deleted: { event: "deleted", from: ENDED, to: NOWHERE },
} as const satisfies Record<string, Arrow<Place, Place>>;

type Changes = Omit<SQLiteUpdateSetSource<typeof tasks>, "status"> & {
  /** For a transition that the database may refuse: the new state, or NULL. */
  status?: SQL<TaskState>;
};

/**
 * The statement that moves tasks along a transition; tasks in another state than its first are left alone. Add
 * `.returning()` as needed.
 * @param chosen a condition on `tasks`
 */
export const moveTasks = (query: Query, transition: Transition, chosen: SQL, changes: Changes) =>
  query
    .update(tasks)
    .set({ status: transition.to, ...changes })
    .where(sql`(${chosen}) AND ${isIn(transition.from)}`);

/**
 * Whether a task is in one of these states. The states are literals because SQLite uses a partial index only where the query
 * repeats the words of its condition.
 */
export function isIn(states: readonly TaskState[]): SQL {
  const [first, ...others] = states.map((state) => `'${state}'`);
  return others.length === 0
    ? sql`${tasks.status} = ${sql.raw(String(first))}`
    : sql`${tasks.status} IN (${sql.raw([first, ...others].join(", "))})`;
}

/** The transitions as a Mermaid diagram, as README.md shows it. */
export function stateDiagram(): string {
  const arrows = Object.values(transitions).flatMap(({ event, from, to }) =>
    from.map((place) => `  ${place} --> ${to}: ${event}`),
  );
  return ["stateDiagram-v2", ...arrows].join("\n");
}

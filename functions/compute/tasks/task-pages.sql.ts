import { sql, type SQL } from "drizzle-orm";
import { tasks, type taskStates } from "../../../schema/compute/tasks.ts";
import { offsetOf, type Paging } from "../../core/http/paging.ts";

/** What tasks are sorted by, and what decides between equal ones; an index ends in each. */
export const taskOrders = {
  created_at: [tasks.createdAt, tasks.id],
  updated_at: [tasks.updatedAt, tasks.id],
  priority: [tasks.priority, tasks.createdAt, tasks.id],
} as const;

type Wanted = {
  /** Undefined: everybody's. */
  owner: string | undefined;
  states: readonly (typeof taskStates)[number][];
  type: string | undefined;
  sortBy: keyof typeof taskOrders;
  direction: "asc" | "desc";
  paging: Paging;
};

/**
 * A SELECT of the ids of one page of tasks. The tasks of each state lie in an index in the order of the page, and SQLite merges
 * the states that are wanted: it costs the rows up to the end of the page, however many tasks there are.
 */
export function idsOfPage({ owner, states, type, sortBy, direction, paging }: Wanted): SQL {
  const keys = taskOrders[sortBy];
  const owned = owner === undefined ? sql`` : sql`user_id = ${owner} AND`;
  const typed = type === undefined ? sql`` : sql`task_type = ${type} AND`;
  // As the indexes of everybody's tasks have it.
  const status = owner === undefined ? sql`status || ''` : sql`status`;
  const names = sql.raw(keys.map((key) => key.name).join(", "));
  const sorting = sql.raw(keys.map((key) => `${key.name} ${direction}`).join(", "));
  const ofStates = states.map(
    (state) => sql`SELECT ${names} FROM tasks WHERE ${owned} ${typed} ${status} = ${state}`,
  );
  return sql`SELECT id FROM (${sql.join(ofStates, sql` UNION ALL `)}
    ORDER BY ${sorting} LIMIT ${paging.page_size} OFFSET ${offsetOf(paging)})`;
}

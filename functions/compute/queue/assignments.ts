import { sql, type SQL } from "drizzle-orm";
import { tasks } from "../../../schema/compute/tasks.ts";
import type { Query } from "../../core/database/database.ts";
import { isIn } from "./transitions.ts";

/**
 * Tasks in one answer, because their configs (up to 64 KiB each) are in memory together. The rest comes with the next
 * answer.
 */
export const ASSIGNED_AT_ONCE = 100;

/** What an assignment is made from. */
export type AssignedTask = {
  id: string;
  attempt: number;
  taskType: string;
  config: Record<string, unknown>;
  deadlineAt: number | null;
};

/** Running tasks, as an agent is told of them. @param chosen a condition on `tasks` */
export const selectAssigned = (query: Query, chosen: SQL) =>
  query
    .select({
      id: tasks.id,
      attempt: tasks.attempt,
      taskType: tasks.taskType,
      config: tasks.config,
      deadlineAt: tasks.deadlineAt,
    })
    .from(tasks)
    .where(sql`${isIn(["running"])} AND ${chosen}`)
    .limit(ASSIGNED_AT_ONCE);

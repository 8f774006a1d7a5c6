import { sql } from "drizzle-orm";
import type { UserFigures } from "../../accounts/user-figures.ts";

/** How many tasks of a status a user has: one row of the running counts by its key. */
const countOf = (status: string) =>
  sql<number>`(SELECT coalesce(sum(count), 0) FROM task_counts WHERE owner = users.id AND status = ${status})`;

/** A user's tasks as columns of a query that reads `users`: a few rows of running counts, and the end of one index. */
export const userTaskFigures = {
  totalTasks: sql<number>`(SELECT coalesce(sum(count), 0) FROM task_counts WHERE owner = users.id)`,
  completedTasks: countOf("completed"),
  failedTasks: countOf("failed"),
  lastTaskAt: sql<number | null>`(SELECT max(created_at) FROM tasks WHERE user_id = users.id)`,
} satisfies Partial<UserFigures>;

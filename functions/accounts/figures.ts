import { sql } from "drizzle-orm";

/** What the ledger and the tasks know of a user, as columns of a query that reads `users`. */
export const figures = {
  /** Hundredths. */
  balance: sql<number>`coalesce((SELECT balance FROM balances WHERE user_id = users.id), 0)`,
  totalTasks: sql<number>`(SELECT coalesce(sum(count), 0) FROM task_counts WHERE owner = users.id)`,
};

import { sql } from "drizzle-orm";

/** What other surfaces know of a user, as columns of the query that reads `users`. Nothing is billed or run yet. */
export const figures = {
  /** Hundredths. */
  balance: sql<number>`0`,
  totalTasks: sql<number>`0`,
};

import { sql } from "drizzle-orm";
import type { Query } from "../../core/database/database.ts";

/** How many tasks run and how many wait, everywhere: counts the indexes of running and of pending tasks. */
export const countQueue = (query: Query) =>
  query
    .select({
      running: sql<number>`(SELECT count(*) FROM tasks WHERE status = 'running')`,
      pending: sql<number>`(SELECT count(*) FROM tasks WHERE status = 'pending')`,
    })
    .from(sql`(SELECT 1)`);

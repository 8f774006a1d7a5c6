import { sql } from "drizzle-orm";

/** The user name of a task's owner, as a column of a query that reads or changes `tasks`: one look into a primary key. */
export const ownerName = sql<string>`(SELECT username FROM users WHERE users.id = tasks.user_id)`;

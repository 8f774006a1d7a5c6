import { sql } from "drizzle-orm";

/** The user name of a task's owner, as a column of a query that reads or changes `tasks`: one look into a primary key. */
export const ownerName = sql<string>`(SELECT username FROM users WHERE users.id = tasks.user_id)`;

/** The name of the GPU server that a task is or was given to, likewise. */
export const gpuServerName = sql<
  string | null
>`(SELECT name FROM gpu_servers WHERE gpu_servers.id = tasks.gpu_server_id)`;

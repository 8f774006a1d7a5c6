import { sql, type SQL } from "drizzle-orm";

/**
 * The ids of inputs that were sent before a moment and that no open task uses, the oldest first. Walks the old inputs in the
 * index of their ages, with a look at the tasks of each.
 * @param sentBefore milliseconds since 1970
 */
export const expiredInputs = (sentBefore: number, limit: number): SQL =>
  sql`SELECT id FROM task_inputs AS sent WHERE created_at < ${sentBefore} AND NOT EXISTS (
      SELECT 1 FROM task_input_uses AS used JOIN tasks ON tasks.id = used.task_id
      WHERE used.input_id = sent.id AND tasks.status IN ('pending', 'running')
    ) ORDER BY created_at, id LIMIT ${limit}`;

/** The bytes of a user's inputs at the moment of the statement. Reads the user's part of an index. */
export const keptBytesOf = (userId: string): SQL =>
  sql`(SELECT coalesce(sum(size), 0) FROM task_inputs WHERE user_id = ${userId})`;

/**
 * The bytes of a user's inputs that are still being uploaded. They count although they may never arrive, because storage is
 * reserved for them. Reads the user's open uploads.
 */
export const openBytesOf = (userId: string): SQL =>
  sql`(SELECT coalesce(sum(reserved_bytes), 0) FROM uploads WHERE owner = ${userId} AND kind = 'input')`;

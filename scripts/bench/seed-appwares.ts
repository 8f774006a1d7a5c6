import { createClient } from "@libsql/client/http";
import type { Target } from "./bench-stack.ts";

/**
 * Writes `count` application records of the first administrator straight into the database. One in ten is deleted, half are
 * disabled, a quarter inactive, and no two were made in the same millisecond.
 */
export async function seedAppWares(stack: Target, count: number): Promise<void> {
  const { LIBSQL_URL = "", LIBSQL_AUTH_TOKEN } = stack.settings;
  const client = createClient({ url: LIBSQL_URL, authToken: LIBSQL_AUTH_TOKEN });
  try {
    await client.execute(`
      WITH RECURSIVE n(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count})
      INSERT INTO appwares (name, name_key, remark, sort_order, status, is_active, view_count, created_by, created_at,
        updated_at, is_deleted, version)
      SELECT 'record ' || i, 'record ' || i, 'a record of the benchmark', i % 7, i % 2, i % 4 > 0, i % 1009,
        (SELECT id FROM users WHERE role = 'admin' LIMIT 1), i, i, i % 10 = 9, 1 FROM n`);
  } finally {
    client.close();
  }
}

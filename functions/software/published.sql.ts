import { sql } from "drizzle-orm";

/** Columns of a query that reads `software`: what is published of it, each by an index of its versions or packages. */
export const publishedColumns = () => ({
  packageCount: sql<number>`(SELECT count(*) FROM packages WHERE software_id = software.id)`,
  packageBytes: sql<number>`(SELECT coalesce(sum(size), 0) FROM packages WHERE software_id = software.id)`,
  /** JSON of the latest version, or of the highest one where none is the latest; null where there is none. */
  newest: sql<
    string | null
  >`(SELECT json_object('version', version, 'channel', channel, 'createdAt', created_at)
    FROM versions WHERE software_id = software.id ORDER BY is_latest DESC, order_key DESC, created_at DESC LIMIT 1)`,
});

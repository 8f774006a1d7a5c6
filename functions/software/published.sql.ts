import { sql } from "drizzle-orm";
import { limitOfVersion, newestOut } from "../rollouts/version-limits.sql.ts";

/** What is read of a version, with the rollout that keeps it from some clients. */
const VERSION = sql`json_object('version', version, 'channel', channel, 'createdAt', created_at,
  'rollout', json(${limitOfVersion}))`;

/** Columns of a query that reads `software`: what is published of it, each by an index of its versions or packages. */
export const publishedColumns = () => ({
  packageCount: sql<number>`(SELECT count(*) FROM packages WHERE software_id = software.id)`,
  packageBytes: sql<number>`(SELECT coalesce(sum(size), 0) FROM packages WHERE software_id = software.id)`,
  /** JSON of the newest version that is out for all clients; null where none is. */
  newest: sql<string | null>`(SELECT ${VERSION} FROM versions WHERE id = ${newestOut(sql`software.id`)})`,
  /** JSON of the latest version, where a rollout keeps it from some clients. */
  limited: sql<string | null>`(SELECT ${VERSION} FROM versions
    WHERE software_id = software.id AND is_latest = 1 AND ${limitOfVersion} IS NOT NULL)`,
});

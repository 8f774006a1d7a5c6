import { sql, type SQL } from "drizzle-orm";
import type { Config } from "../core/env.ts";
import type { Query } from "../core/database/database.ts";
import type { PackageType } from "../releases/package-names.ts";

export type ExpendablePackage = { id: number; type: PackageType; version: string; size: number };

/**
 * The packages that may go, oldest first, until they make up `goalBytes`: those beyond the newest KEEP_* versions of their
 * type on each platform and arch, yanked ones counted apart. The newest stable version that everyone can reach stays, with
 * every package that leads to it. Reads and sorts the whole table of packages.
 */
function expendable({ KEEP_FULL, KEEP_PATCH, KEEP_HOTFIX }: Config, goalBytes: number): SQL {
  return sql`
    SELECT id, type, size, version_id, created_at FROM (
      SELECT *, sum(size) OVER (ORDER BY created_at, id) - size AS freed_before FROM (
        SELECT p.*,
          dense_rank() OVER (
            PARTITION BY p.software_id, p.platform, p.arch, p.type, p.yanked_at IS NULL ORDER BY p.order_key DESC
          ) AS position,
          coalesce(
            max(p.order_key) FILTER (WHERE p.channel = 'stable' AND p.yanked_at IS NULL AND p.type = 'full') OVER target,
            max(p.order_key) FILTER (WHERE p.channel = 'stable' AND p.yanked_at IS NULL) OVER target
          ) AS newest
        FROM packages p WINDOW target AS (PARTITION BY p.software_id, p.platform, p.arch)
      ) WHERE position > CASE type WHEN 'full' THEN ${KEEP_FULL} WHEN 'patch' THEN ${KEEP_PATCH} ELSE ${KEEP_HOTFIX} END
        AND NOT (channel = 'stable' AND yanked_at IS NULL AND order_key >= newest)
    ) WHERE freed_before < ${goalBytes} ORDER BY created_at, id`;
}

/** The oldest `limit` of the packages that may go for `goalBytes`. Costs what `expendable` does. */
export const selectExpendable = (query: Query, config: Config, goalBytes: number, limit: number) =>
  query.all<ExpendablePackage>(sql`
    SELECT e.id, e.type, v.version, e.size FROM (${expendable(config, goalBytes)}) e JOIN versions v ON v.id = e.version_id
    ORDER BY e.created_at, e.id LIMIT ${limit}`);

/** The bytes of all packages that may go. Costs what `expendable` does. */
export const sumExpendable = (query: Query, config: Config) =>
  query.all<{ bytes: number }>(
    sql`SELECT coalesce(sum(size), 0) AS bytes FROM (${expendable(config, Number.MAX_SAFE_INTEGER)})`,
  );

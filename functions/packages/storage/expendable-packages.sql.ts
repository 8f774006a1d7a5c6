import { sql, type SQL } from "drizzle-orm";
import type { Config } from "../../core/env.ts";
import type { Query } from "../../core/database/database.ts";
import type { PackageType } from "../../releases/package-names.ts";

export type ExpendablePackage = { id: number; type: PackageType; version: string; size: number };

/** Why cleanup keeps a package: it leads to the newest stable version, is one of the newest KEEP_*, or is too young. */
export const keepReasons = ["newest_stable", "keep_full", "keep_patch", "keep_hotfix", "young"] as const;
export type KeptPackage = ExpendablePackage & { reason: (typeof keepReasons)[number] };

/** What cleanup may take: packages beyond KEEP_*, published before a moment (milliseconds since 1970). */
export type CleanupRules = { config: Config; publishedBefore: number };

/**
 * All packages, each with the reason for which it is kept, or NULL. Kept are the newest KEEP_* versions of each type on each
 * platform and arch, releases and pre-releases counted apart, yanked ones too. The newest stable version that everyone can
 * reach stays, with every package that leads to it. Reads and sorts the whole table of packages.
 */
function judged({ config, publishedBefore }: CleanupRules): SQL {
  const { KEEP_FULL, KEEP_PATCH, KEEP_HOTFIX } = config;
  return sql`
    SELECT id, type, size, version_id, created_at, CASE
      WHEN channel = 'stable' AND yanked_at IS NULL AND order_key >= newest THEN 'newest_stable'
      WHEN position <= CASE type WHEN 'full' THEN ${KEEP_FULL} WHEN 'patch' THEN ${KEEP_PATCH} ELSE ${KEEP_HOTFIX} END
        THEN 'keep_' || type
      WHEN created_at >= ${publishedBefore} THEN 'young'
    END AS reason FROM (
      SELECT p.*,
        dense_rank() OVER (
          PARTITION BY p.software_id, p.platform, p.arch, p.type, p.channel = 'stable', p.yanked_at IS NULL
          ORDER BY p.order_key DESC
        ) AS position,
        coalesce(
          max(p.order_key) FILTER (WHERE p.channel = 'stable' AND p.yanked_at IS NULL AND p.type = 'full') OVER target,
          max(p.order_key) FILTER (WHERE p.channel = 'stable' AND p.yanked_at IS NULL) OVER target
        ) AS newest
      FROM packages p WINDOW target AS (PARTITION BY p.software_id, p.platform, p.arch)
    )`;
}

/** The packages that may go, oldest first, until they make up `goalBytes`. Costs what `judged` does. */
function expendable(rules: CleanupRules, goalBytes: number): SQL {
  return sql`
    SELECT * FROM (
      SELECT *, sum(size) OVER (ORDER BY created_at, id) - size AS freed_before FROM (${judged(rules)}) WHERE reason IS NULL
    ) WHERE freed_before < ${goalBytes} ORDER BY created_at, id`;
}

/** The oldest `limit` of the packages that may go for `goalBytes`. Costs what `judged` does. */
export const selectExpendable = (query: Query, rules: CleanupRules, goalBytes: number, limit: number) =>
  query.all<ExpendablePackage>(sql`
    SELECT e.id, e.type, v.version, e.size FROM (${expendable(rules, goalBytes)}) e JOIN versions v ON v.id = e.version_id
    ORDER BY e.created_at, e.id LIMIT ${limit}`);

/** The bytes of all packages that may go. Costs what `judged` does. */
export const sumExpendable = (query: Query, rules: CleanupRules) =>
  query.all<{ bytes: number }>(
    sql`SELECT coalesce(sum(size), 0) AS bytes FROM (${expendable(rules, Number.MAX_SAFE_INTEGER)})`,
  );

/** How many packages are kept, and why the newest `limit` of them are. Costs what `judged` does. */
export const selectKept = (query: Query, rules: CleanupRules, limit: number) =>
  query.all<KeptPackage & { total: number }>(sql`
    SELECT k.id, k.type, v.version, k.size, k.reason, count(*) OVER () AS total
    FROM (${judged(rules)}) k JOIN versions v ON v.id = k.version_id
    WHERE k.reason IS NOT NULL ORDER BY k.created_at DESC, k.id DESC LIMIT ${limit}`);

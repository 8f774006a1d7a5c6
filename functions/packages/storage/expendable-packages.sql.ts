import { sql, type SQL } from "drizzle-orm";
import type { Config } from "../../core/env.ts";
import type { Query } from "../../core/database/database.ts";
import type { PackageType } from "../../releases/package-names.ts";
import { archesFor, UNIVERSAL, type Arch } from "../../releases/arches.ts";
import type { LinkRow } from "../../updates/links.ts";

export type ExpendablePackage = {
  id: number;
  type: PackageType;
  /** The slug of its software. */
  software: string;
  version: string;
  platform: string;
  arch: string;
  size: number;
};

/**
 * Why cleanup keeps a package: it leads to the newest stable version, is one of the newest KEEP_*, is too young, leads
 * older versions over a gate, or is a step in the plan of a version that is kept.
 */
export const keepReasons = [
  "newest_stable",
  "keep_full",
  "keep_patch",
  "keep_hotfix",
  "young",
  "gate",
  "chain",
] as const;
export type KeptPackage = ExpendablePackage & { reason: (typeof keepReasons)[number] };

/** What cleanup may delete: packages beyond KEEP_* that were published before a moment (milliseconds since 1970). */
export type KeepRules = { config: Config; publishedBefore: number };

/** The same, with the ids of packages that devices need on their way, which cleanup keeps. */
export type CleanupRules = KeepRules & { gates: number[]; chains: number[] };

/** What devices of one platform and arch are offered of a software. */
export type CleanupTarget = { software_id: string; platform: string; arch: Arch };

const NOTHING = { gates: [], chains: [] };

/**
 * All packages, each with the reason for which it is kept, or NULL where it may go. Kept are the newest KEEP_* versions of
 * each type on each platform and arch; releases and pre-releases are counted apart, and so are yanked ones. The newest
 * stable version that everyone can reach and that is out for all devices stays, with every package that leads to it and all
 * newer ones. Reads and sorts the whole table of packages, or those of a target, with a look-up for the rollout of each.
 */
function judged({ config, publishedBefore, gates, chains }: CleanupRules, target?: CleanupTarget): SQL {
  const { KEEP_FULL, KEEP_PATCH, KEEP_HOTFIX } = config;
  const ofTarget = target
    ? sql`WHERE p.software_id = ${target.software_id} AND p.platform = ${target.platform} AND p.arch IN ${archesFor(target.arch)}`
    : sql``;
  return sql`
    SELECT judged.*, CASE
      WHEN channel = 'stable' AND yanked_at IS NULL AND order_key >= newest THEN 'newest_stable'
      WHEN position <= CASE type WHEN 'full' THEN ${KEEP_FULL} WHEN 'patch' THEN ${KEEP_PATCH} ELSE ${KEEP_HOTFIX} END
        THEN 'keep_' || type
      WHEN created_at >= ${publishedBefore} THEN 'young'
      WHEN id IN (SELECT value FROM json_each(${JSON.stringify(gates)})) THEN 'gate'
      WHEN id IN (SELECT value FROM json_each(${JSON.stringify(chains)})) THEN 'chain'
    END AS reason FROM (
      SELECT p.*, r.id IS NOT NULL AS is_limited,
        dense_rank() OVER (
          PARTITION BY p.software_id, p.platform, p.arch, p.type, p.channel = 'stable', p.yanked_at IS NULL
          ORDER BY p.order_key DESC
        ) AS position,
        coalesce(
          max(p.order_key) FILTER (
            WHERE p.channel = 'stable' AND p.yanked_at IS NULL AND p.type = 'full' AND r.id IS NULL) OVER target,
          max(p.order_key) FILTER (WHERE p.channel = 'stable' AND p.yanked_at IS NULL AND p.type = 'full') OVER target,
          max(p.order_key) FILTER (WHERE p.channel = 'stable' AND p.yanked_at IS NULL) OVER target
        ) AS newest
      FROM packages p LEFT JOIN rollouts r ON r.version_id = p.version_id AND r.channel = p.channel AND r.state <> 'completed'
      ${ofTarget} WINDOW target AS (PARTITION BY p.software_id, p.platform, p.arch)
    ) judged`;
}

/**
 * The targets where cleanup may delete packages that devices might need: those with patches, hotfixes or gates, among
 * packages of their arch or universal ones. Costs as much as `judged`.
 */
export const selectPlannedTargets = (query: Query, rules: KeepRules) =>
  query.all<CleanupTarget>(sql`
    WITH targets AS MATERIALIZED (
      SELECT j.software_id, j.platform, j.arch, max(j.reason IS NULL) AS may_lose,
        max(j.type <> 'full' OR v.is_watershed OR v.min_update_key IS NOT NULL) AS may_need
      FROM (${judged({ ...rules, ...NOTHING })}) j JOIN versions v ON v.id = j.version_id
      GROUP BY j.software_id, j.platform, j.arch
    )
    SELECT t.software_id, t.platform, t.arch FROM targets t LEFT JOIN targets u
      ON u.software_id = t.software_id AND u.platform = t.platform AND u.arch = ${UNIVERSAL}
    WHERE (t.may_lose OR u.may_lose) AND (t.may_need OR u.may_need)`);

export type StoredRow = [
  ...LinkRow,
  channel: string,
  isYanked: number,
  isKept: number,
  isWatershed: number,
  isLimited: number,
];

/** All packages that devices of a target take, as a JSON list of `StoredRow`. */
export const selectStored = (query: Query, rules: KeepRules, target: CleanupTarget) =>
  query.all<{ packages: string }>(sql`
    SELECT json_group_array(json_array(
      j.id, j.type, j.from_version, v.version, j.order_key, j.format, j.size, v.min_update_key, j.arch = ${UNIVERSAL},
      j.channel, j.yanked_at IS NOT NULL, j.reason IS NOT NULL, v.is_watershed, j.is_limited)) AS packages
    FROM (${judged({ ...rules, ...NOTHING }, target)}) j JOIN versions v ON v.id = j.version_id`);

/** The packages that may go, oldest first, as many as `goalBytes` takes. Costs as much as `judged`. */
function expendable(rules: CleanupRules, goalBytes: number): SQL {
  return sql`
    SELECT * FROM (
      SELECT *, sum(size) OVER (ORDER BY created_at, id) - size AS freed_before FROM (${judged(rules)}) WHERE reason IS NULL
    ) WHERE freed_before < ${goalBytes} ORDER BY created_at, id`;
}

/** The oldest `limit` of the packages that must go to free `goalBytes`. Costs as much as `judged`. */
export const selectExpendable = (query: Query, rules: CleanupRules, goalBytes: number, limit: number) =>
  query.all<ExpendablePackage>(sql`
    SELECT e.id, e.type, s.slug AS software, v.version, e.platform, e.arch, e.size
    FROM (${expendable(rules, goalBytes)}) e JOIN versions v ON v.id = e.version_id JOIN software s ON s.id = e.software_id
    ORDER BY e.created_at, e.id LIMIT ${limit}`);

/** The bytes of all packages that may go. Costs as much as `judged`. */
export const sumExpendable = (query: Query, rules: CleanupRules) =>
  query.all<{ bytes: number }>(
    sql`SELECT coalesce(sum(size), 0) AS bytes FROM (${expendable(rules, Number.MAX_SAFE_INTEGER)})`,
  );

/** How many packages are kept, and why the newest `limit` of them are. Costs as much as `judged`. */
export const selectKept = (query: Query, rules: CleanupRules, limit: number) =>
  query.all<KeptPackage & { total: number }>(sql`
    SELECT k.id, k.type, s.slug AS software, v.version, k.platform, k.arch, k.size, k.reason, count(*) OVER () AS total
    FROM (${judged(rules)}) k JOIN versions v ON v.id = k.version_id JOIN software s ON s.id = k.software_id
    WHERE k.reason IS NOT NULL ORDER BY k.created_at DESC, k.id DESC LIMIT ${limit}`);

import { sql } from "drizzle-orm";
import { rollouts } from "../../../schema/rollouts/rollouts.ts";
import type { Query } from "../../core/database/database.ts";
import type { RolloutState } from "../../kit/rollout.ts";
import { isLimiting } from "../../rollouts/limits.sql.ts";

/** Rows of one answer: each plugin of the request has one for each engine requirement that its versions ever had. */
const MAX_ROWS = 10_000;
/** Bytes of engine requirements in the database's answer: libSQL servers refuse answers above 10 MB. */
const MAX_ENGINES_BYTES = 2_000_000;
/** Bytes of changelogs in the database's answer. */
const MAX_CHANGELOGS_BYTES = 6_000_000;
/**
 * Characters of each changelog, where all together have more bytes than that. In JSON, a character has at most six bytes.
 */
const CUT_CHANGELOGS = 1_000_000;

/** What is asked about an installed plugin. The key of a version that cannot be read is empty. */
export type AskedPlugin = { name: string; orderKey: string; takesPrerelease: boolean };

/** A known plugin and, where there is one, a version that is newer than the installed one. */
export type NewerVersion = {
  name: string;
  isEnabled: number;
  isDeprecated: number;
  installedDeprecated: number | null;
  installedRolledBack: number;
  version: string | null;
  orderKey: string | null;
  engines: string;
  size: number;
  sha256: string;
  changelog: string;
  isWhole: number;
  /** Of the rollout that keeps the version from some devices; null where none does. */
  state: RolloutState | null;
  seed: string | null;
  basisPoints: number | null;
};

/**
 * Each known plugin, with the newest version that is newer than the installed one and out for all devices, for each engine
 * requirement, and with every newer version that a rollout keeps from some; without versions, and with `isWhole` 0, where
 * those are too many. Costs one look-up by name for each plugin, and reads its newer versions once, up to the limits above,
 * with a look-up for the rollout of each.
 */
export function selectNewerVersions(query: Query, asked: readonly AskedPlugin[]) {
  const plugins = asked.map(({ name, orderKey, takesPrerelease }) => [
    name,
    orderKey,
    takesPrerelease ? 1 : 0,
  ]);
  return query.all<NewerVersion>(sql`WITH asked AS MATERIALIZED (
      SELECT p.name AS name, p.is_enabled AS is_enabled, p.is_deprecated AS is_deprecated,
        json_extract(a.value, '$[1]') AS order_key, json_extract(a.value, '$[2]') AS takes_prerelease
      FROM json_each(${JSON.stringify(plugins)}) AS a JOIN plugins AS p ON p.name = json_extract(a.value, '$[0]')
    ),
    newer AS MATERIALIZED (
      SELECT v.plugin_name AS name, max(v.order_key) AS order_key, v.id AS id, v.engines AS engines,
        length(CAST(json_quote(v.changelog) AS BLOB)) AS bytes, ${rollouts.id} AS rollout_id
      FROM asked JOIN plugin_versions AS v ON v.plugin_name = asked.name AND v.order_key > asked.order_key
        LEFT JOIN ${rollouts} ON ${rollouts.pluginVersionId} = v.id AND ${isLimiting}
      WHERE asked.is_enabled AND NOT asked.is_deprecated AND NOT v.is_deprecated
        AND (asked.takes_prerelease OR NOT v.is_prerelease)
      GROUP BY v.plugin_name, v.engines, ${rollouts.id} LIMIT ${MAX_ROWS + 1}
    ),
    measured AS MATERIALIZED (
      SELECT count(*) <= ${MAX_ROWS} AND coalesce(sum(length(CAST(json_quote('' || engines) AS BLOB))), 0) <= ${MAX_ENGINES_BYTES}
          AS is_whole,
        CASE WHEN sum(bytes) > ${MAX_CHANGELOGS_BYTES} THEN ${CUT_CHANGELOGS} / count(*) ELSE ${CUT_CHANGELOGS} END AS letters
      FROM newer
    )
    SELECT asked.name AS name, asked.is_enabled AS isEnabled, asked.is_deprecated AS isDeprecated,
      (SELECT o.is_deprecated FROM plugin_versions AS o
        WHERE o.plugin_name = asked.name AND o.order_key = asked.order_key) AS installedDeprecated,
      EXISTS (SELECT 1 FROM plugin_versions AS o JOIN rollouts AS b ON b.plugin_version_id = o.id AND b.state = 'rolled_back'
        WHERE o.plugin_name = asked.name AND o.order_key = asked.order_key) AS installedRolledBack,
      v.version AS version, v.order_key AS orderKey, coalesce(v.engines, '{}') AS engines, coalesce(v.size, 0) AS size,
      coalesce(b.sha256, '') AS sha256, substr(coalesce(v.changelog, ''), 1, measured.letters) AS changelog,
      measured.is_whole AS isWhole, r.state AS state, r.seed AS seed, r.basis_points AS basisPoints
    FROM measured, asked LEFT JOIN newer ON measured.is_whole AND newer.name = asked.name
      LEFT JOIN plugin_versions AS v ON v.id = newer.id LEFT JOIN blobs AS b ON b.id = v.blob_id
      LEFT JOIN rollouts AS r ON r.id = newer.rollout_id`);
}

import { sql } from "drizzle-orm";
import type { Query } from "../../core/database/database.ts";

/** How many plugins a request may reach through any versions: more than any real set has. */
const MAX_REACHED = 5_000;
/** How many versions those may have. */
const MAX_ROWS = 20_000;
/** Bytes of their descriptions in the database's answer: libSQL servers refuse answers above 10 MB. */
const MAX_BYTES = 9_000_000;
/** After so many bytes, a plugin's further versions go into another row, because sqld refuses texts of several megabytes. */
const PART_BYTES = 1_000_000;

/** A plugin with some of its versions as JSON: one row for each part of them. */
type ReachedPlugin = { name: string; isEnabled: number; isWhole: number; versions: string | null };

/**
 * The plugins that can be reached from these names through the dependencies of any version, with their versions; without
 * versions, and with `isWhole` 0, where those are too many. Costs one look-up by name for each plugin, and reads all its
 * versions once, up to the limits above.
 */
export const selectReachedPlugins = (query: Query, names: readonly string[]) =>
  query.all<ReachedPlugin>(sql`WITH RECURSIVE reached(name) AS (
      SELECT value FROM json_each(${JSON.stringify(names)})
      UNION
      SELECT d.key FROM reached JOIN plugins AS p ON p.name = reached.name AND p.is_enabled = 1
        JOIN plugin_versions AS v ON v.plugin_name = p.name, json_each(v.dependencies) AS d
      LIMIT ${MAX_REACHED + 1}
    ),
    described AS (
      SELECT v.id AS id, v.plugin_name AS name, json_array(v.version, v.is_deprecated, p.is_deprecated, v.size,
        b.sha256, json(v.dependencies), json(v.engines)) AS text
      FROM reached JOIN plugins AS p ON p.name = reached.name AND p.is_enabled = 1
        JOIN plugin_versions AS v ON v.plugin_name = p.name JOIN blobs AS b ON b.id = v.blob_id
      LIMIT ${MAX_ROWS + 1}
    ),
    offered AS MATERIALIZED (
      SELECT id, name, text, length(CAST(json_quote('' || text) AS BLOB)) AS bytes FROM described
    ),
    measured AS MATERIALIZED (
      SELECT count(*) <= ${MAX_ROWS} AND coalesce(sum(bytes), 0) <= ${MAX_BYTES}
        AND (SELECT count(*) FROM reached) <= ${MAX_REACHED} AS is_whole FROM offered
    ),
    listed AS (
      SELECT name, '[' || group_concat(text) || ']' AS versions FROM (
        SELECT name, text, sum(bytes) OVER (PARTITION BY name ORDER BY id) / ${PART_BYTES} AS part FROM offered
        WHERE (SELECT is_whole FROM measured)
      ) GROUP BY name, part
    )
    SELECT p.name AS name, p.is_enabled AS isEnabled, measured.is_whole AS isWhole, listed.versions AS versions
    FROM measured, reached JOIN plugins AS p ON p.name = reached.name LEFT JOIN listed ON listed.name = p.name`);

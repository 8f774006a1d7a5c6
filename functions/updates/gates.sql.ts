import { sql, type Column, type SQL } from "drizzle-orm";
import { MOST_GATES } from "./gates.ts";

/** Greater than every order key. */
const NO_CEILING = "~";

/**
 * The highest gates of a software as a JSON list of order keys: its watersheds, and the versions that its versions name in
 * `min_update_from`. Costs two look-ups where there are none, else as many as there are gates, however many versions share
 * a gate. Its constants stand in the text, because SQLite took ten times as long with parameters.
 */
export const selectGates = (softwareId: Column) => sql<string>`CASE
  WHEN EXISTS (SELECT 1 FROM versions g WHERE g.software_id = ${softwareId} AND g.is_watershed = 1)
    OR EXISTS (SELECT 1 FROM versions g WHERE g.software_id = ${softwareId} AND g.min_update_key IS NOT NULL) THEN (
  WITH RECURSIVE gates(key) AS (
    SELECT '~'
    UNION ALL
    SELECT max(
      coalesce((SELECT max(order_key) FROM versions
        WHERE software_id = ${softwareId} AND is_watershed = 1 AND order_key < gates.key), ''),
      coalesce((SELECT max(min_update_key) FROM versions
        WHERE software_id = ${softwareId} AND min_update_key < gates.key), ''))
    FROM gates WHERE key <> '' LIMIT ${sql.raw(String(MOST_GATES + 1))}
  )
  SELECT json_group_array(key) FROM gates WHERE key NOT IN ('', '~')) ELSE '[]' END`;

/**
 * The condition for a row of packages that devices with the floor `floor` may take. The package's version must not be above
 * the lowest watershed over that floor which their target offers, in whatever format, and its `min_update_from` must not be
 * above the floor.
 */
export function isOpen(
  devices: {
    softwareId: SQL;
    platform: string;
    arches: readonly string[];
    channels: readonly string[];
    floor: string;
  },
  { orderKey, versionId }: { orderKey: SQL; versionId: SQL },
): SQL {
  const { softwareId, platform, arches, channels, floor } = devices;
  return sql`${orderKey} <= coalesce((SELECT w.order_key FROM versions w
      WHERE w.software_id = ${softwareId} AND w.is_watershed = 1 AND w.order_key > ${floor}
      AND EXISTS (SELECT 1 FROM packages o WHERE o.version_id = w.id AND o.platform = ${platform} AND o.arch IN ${arches}
        AND o.channel IN ${channels} AND o.yanked_at IS NULL)
      ORDER BY w.order_key LIMIT 1), ${NO_CEILING})
    AND coalesce((SELECT m.min_update_key FROM versions m WHERE m.id = ${versionId}), '') <= ${floor}`;
}

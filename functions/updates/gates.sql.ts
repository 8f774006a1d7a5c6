import { sql, type SQL } from "drizzle-orm";
import { MOST_GATES } from "./gates.ts";

/** Above every order key. */
const NO_CEILING = "~";

/**
 * The highest gates of a software as a JSON list of order keys: its watersheds, and what `min_update_from` of its versions
 * names. As many look-ups as there are gates, however many versions have the same.
 */
export const selectGates = (softwareId: SQL) => sql<string>`(
  WITH RECURSIVE lowest(key) AS (
    SELECT max(min_update_key) FROM versions WHERE software_id = ${softwareId} AND min_update_key IS NOT NULL
    UNION ALL
    SELECT (SELECT max(min_update_key) FROM versions WHERE software_id = ${softwareId} AND min_update_key < lowest.key)
    FROM lowest WHERE key IS NOT NULL LIMIT ${MOST_GATES}
  )
  SELECT json_group_array(key) FROM (
    SELECT key FROM lowest WHERE key IS NOT NULL
    UNION
    SELECT key FROM (SELECT order_key AS key FROM versions
      WHERE software_id = ${softwareId} AND is_watershed = 1 ORDER BY order_key DESC LIMIT ${MOST_GATES})
    ORDER BY key DESC LIMIT ${MOST_GATES}
  ))`;

/**
 * The condition for a row of packages that devices above `floor` may take: of a version up to the lowest watershed above
 * them that their target offers, in whatever format, and of one whose `min_update_from` is not above them.
 */
export function isOpen(
  devices: { softwareId: SQL; platform: string; arch: string; channels: string[]; floor: string },
  { orderKey, versionId }: { orderKey: SQL; versionId: SQL },
): SQL {
  const { softwareId, platform, arch, channels, floor } = devices;
  return sql`${orderKey} <= coalesce((SELECT w.order_key FROM versions w
      WHERE w.software_id = ${softwareId} AND w.is_watershed = 1 AND w.order_key > ${floor}
      AND EXISTS (SELECT 1 FROM packages o WHERE o.version_id = w.id AND o.platform = ${platform} AND o.arch = ${arch}
        AND o.channel IN ${channels} AND o.yanked_at IS NULL)
      ORDER BY w.order_key LIMIT 1), ${NO_CEILING})
    AND coalesce((SELECT m.min_update_key FROM versions m WHERE m.id = ${versionId}), '') <= ${floor}`;
}

import { sql, type Column, type SQL } from "drizzle-orm";
import { isLimited } from "../rollouts/limits.sql.ts";
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

/** What devices between two gates are offered. */
export type GatedDevices = {
  softwareId: SQL;
  platform: string;
  arches: readonly string[];
  channels: readonly string[];
  /** The order key of the highest gate that they have passed, "" where there is none. */
  floor: string;
};

/** The highest version that they may take: the lowest watershed over their floor that they are offered, in whatever format. */
const ceilingOf = ({ softwareId, platform, arches, channels, floor }: GatedDevices) => sql`
  coalesce((SELECT w.order_key FROM versions w
    WHERE w.software_id = ${softwareId} AND w.is_watershed = 1 AND w.order_key > ${floor}
    AND EXISTS (SELECT 1 FROM packages o WHERE o.version_id = w.id AND o.platform = ${platform} AND o.arch IN ${arches}
      AND o.channel IN ${channels} AND o.yanked_at IS NULL)
    ORDER BY w.order_key LIMIT 1), ${NO_CEILING})`;

/** What versions open to them name in `min_update_from`, "" included: a look-up for each, however many versions share it. */
const selectPassed = ({ softwareId, floor }: GatedDevices) => sql`
  WITH RECURSIVE passed(key) AS (
    SELECT ''
    UNION ALL
    SELECT (SELECT min(min_update_key) FROM versions
      WHERE software_id = ${softwareId} AND min_update_key > passed.key AND min_update_key <= ${floor})
    FROM passed WHERE key IS NOT NULL
  )
  SELECT key FROM passed WHERE key IS NOT NULL`;

/** The condition for a row of packages that devices with a floor may take. */
export const isOpen = (devices: GatedDevices): SQL => sql`
  packages.order_key <= ${ceilingOf(devices)} AND packages.min_update_key IN (${selectPassed(devices)})`;

/**
 * How many of the newest packages are looked at one after another, before gates are. Where each version has a gate of its
 * own, a device that is not far behind has passed hundreds.
 */
const NEWEST_FIRST = 50;

/**
 * The order key of the highest version with a full package that devices with a floor may take and that is out for all of
 * them, "" or NULL where there is none. Costs the newest packages at most, and a look-up in the index `packages_open` for each gate that the devices have
 * passed, however many versions are closed to them.
 * @param offer the arch and channel of the package
 * @param format the only one that counts, where one is named
 * @param below an order key that it has to be below; one that such a search has found
 */
export function highestOpen(
  devices: GatedDevices,
  {
    arch,
    channel,
    format,
    below,
  }: { arch: string; channel: string; format?: string | undefined; below?: SQL },
): SQL {
  const { softwareId, platform, floor } = devices;
  const full = sql`software_id = ${softwareId} AND platform = ${platform} AND arch = ${arch} AND channel = ${channel}
    AND type = 'full' AND yanked_at IS NULL AND NOT ${isLimited({ versionId: sql`packages.version_id`, channel })}
    ${format === undefined ? sql`` : sql`AND format = ${format}`}
    AND order_key ${below ? sql`< ${below}` : sql`<= ${ceilingOf(devices)}`}`;
  return sql`coalesce(
    (SELECT coalesce(max(order_key) FILTER (WHERE min_update_key <= ${floor}), CASE WHEN count(*) < ${NEWEST_FIRST} THEN '' END)
      FROM (SELECT order_key, min_update_key FROM packages WHERE ${full} ORDER BY order_key DESC LIMIT ${NEWEST_FIRST})),
    (SELECT max((SELECT order_key FROM packages WHERE ${full} AND min_update_key = passed.key ORDER BY order_key DESC LIMIT 1))
      FROM (${selectPassed(devices)}) passed))`;
}

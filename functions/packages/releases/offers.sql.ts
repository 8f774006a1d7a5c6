import { sql, type SQL } from "drizzle-orm";
import { isLimited } from "../../rollouts/limits.sql.ts";

type Place = { softwareId: SQL; versionId: SQL; orderKey: string };

export type OfferRow = {
  platform: string;
  arch: string;
  channel: string;
  /** Order keys of the highest version, and of the highest one but that which is asked about. */
  newest: string;
  other: string | null;
  newest_version: string;
  other_version: string | null;
};

/** The first package behind a row of `places`. To compare all three in one would read all that are on the row's place. */
const nextPlace = (softwareId: SQL, condition: SQL) => sql`(SELECT id FROM packages
        WHERE software_id = ${softwareId} AND ${condition} ORDER BY platform, arch, channel LIMIT 1)`;

/** The version of the highest full package that is out for all clients in a row of `places`. */
const highestOf = (softwareId: SQL, condition: SQL) => sql`(
    SELECT p.version_id FROM packages p
    WHERE p.software_id = ${softwareId} AND p.platform = places.platform AND p.arch = places.arch
      AND p.channel = places.channel AND p.type = 'full' AND p.yanked_at IS NULL AND ${condition}
      AND NOT ${isLimited({ versionId: sql`p.version_id`, channel: sql`p.channel` })}
    ORDER BY p.order_key DESC LIMIT 1)`;

/**
 * The highest versions that have a full package out for all clients, by platform, arch and channel. Steps from each of these to
 * the next in an index, and there down to the first that is out.
 */
export const newestByTarget = ({ softwareId, orderKey }: Place) => sql`
  WITH RECURSIVE places AS (
    SELECT * FROM (SELECT platform, arch, channel FROM packages WHERE software_id = ${softwareId}
      ORDER BY platform, arch, channel LIMIT 1)
    UNION ALL
    SELECT p.platform, p.arch, p.channel FROM places JOIN packages p ON p.id = coalesce(
      ${nextPlace(softwareId, sql`platform = places.platform AND arch = places.arch AND channel > places.channel`)},
      ${nextPlace(softwareId, sql`platform = places.platform AND arch > places.arch`)},
      ${nextPlace(softwareId, sql`platform > places.platform`)})
  )
  SELECT platform, arch, places.channel, newest.order_key AS newest, other.order_key AS other,
    newest.version AS newest_version, other.version AS other_version
  FROM places JOIN versions newest ON newest.id = ${highestOf(softwareId, sql`1`)}
    LEFT JOIN versions other ON other.id = ${highestOf(softwareId, sql`p.order_key <> ${orderKey}`)}`;

/** What a version has full packages for. */
export const targetsOf = ({ versionId }: Place) => sql`
  SELECT DISTINCT platform, arch FROM packages
  WHERE version_id = ${versionId} AND type = 'full' ORDER BY platform, arch`;

export type TargetRow = { platform: string; arch: string };

/** Versions that one answer names; more than anybody rolled back. */
const MAX_ROLLED_BACK = 100;

/** The higher versions that were rolled back, by what they have packages for; the highest first. */
export const rolledBackAbove = ({ softwareId, orderKey }: Place) => sql`
  SELECT DISTINCT p.platform, p.arch, p.channel, v.version, p.order_key
  FROM rollouts r JOIN versions v ON v.id = r.version_id
    JOIN packages p ON p.version_id = r.version_id AND p.channel = r.channel
  WHERE r.state = 'rolled_back' AND v.software_id = ${softwareId} AND p.order_key > ${orderKey}
  ORDER BY p.order_key DESC LIMIT ${MAX_ROLLED_BACK}`;

export type RolledBackRow = TargetRow & { channel: string; version: string };

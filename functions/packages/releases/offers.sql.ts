import { sql, type SQL } from "drizzle-orm";
import { isLimited } from "../../rollouts/limits.sql.ts";

type Place = { softwareId: SQL; orderKey: string };

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

/**
 * The highest versions that have a full package out for all clients, by platform, arch and channel. Reads the full packages of
 * the software, with a look-up for the rollout of each.
 */
export const newestByTarget = ({ softwareId, orderKey }: Place) => sql`
  SELECT platform, arch, channel, newest, other,
    (SELECT version FROM versions WHERE software_id = ${softwareId} AND order_key = newest) AS newest_version,
    (SELECT version FROM versions WHERE software_id = ${softwareId} AND order_key = other) AS other_version
  FROM (SELECT p.platform, p.arch, p.channel, max(p.order_key) AS newest,
      max(CASE WHEN p.order_key <> ${orderKey} THEN p.order_key END) AS other
    FROM packages p
    WHERE p.software_id = ${softwareId} AND p.type = 'full' AND p.yanked_at IS NULL
      AND NOT ${isLimited({ versionId: sql`p.version_id`, channel: sql`p.channel` })}
    GROUP BY p.platform, p.arch, p.channel)`;

/** What a version has full packages for. */
export const targetsOf = ({ softwareId, orderKey }: Place) => sql`
  SELECT DISTINCT platform, arch FROM packages
  WHERE software_id = ${softwareId} AND order_key = ${orderKey} AND type = 'full' ORDER BY platform, arch`;

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

import { sql, type SQL } from "drizzle-orm";
import type { PackageType } from "./planner/precedence.ts";
import type { Query } from "../core/database/database.ts";
import { channelsFrom } from "../kit/channels.ts";
import { archesFor, UNIVERSAL } from "../releases/arches.ts";
import { softwareOf, type Target } from "./newest-packages.sql.ts";

const TYPES = ["patch", "hotfix", "full"] as const;

/** How many packages of each type, channel and arch plans are made of, the newest first. Chains of ten steps need far fewer. */
const MOST_LINKS: Readonly<Record<PackageType, number>> = { patch: 8000, hotfix: 1000, full: 1000 };

/**
 * The packages that lead from version to version for a target, as one JSON list: the newest of each arch, channel and type,
 * without those of versions that were rolled back. Costs a search in the index `packages_newest`, a look-up of each package's
 * version, and one reading of all rollouts that were rolled back.
 */
export function selectLinks(query: Query, target: Target) {
  const { platform, format } = target;
  const softwareId = softwareOf(target);
  const newest = (arch: string, channel: string, type: PackageType): SQL => sql`
    SELECT * FROM (SELECT id, type, arch, from_version, version_id, channel, order_key, format, size FROM packages
      WHERE software_id = ${softwareId} AND platform = ${platform} AND arch = ${arch} AND channel = ${channel}
        AND type = ${type} AND yanked_at IS NULL ${format === undefined ? sql`` : sql`AND format = ${format}`}
      ORDER BY order_key DESC LIMIT ${MOST_LINKS[type]})`;
  const parts = archesFor(target.arch).flatMap((arch) =>
    channelsFrom(target.channel).flatMap((channel) => TYPES.map((type) => newest(arch, channel, type))),
  );
  return query.all<{ links: string }>(sql`
    SELECT json_group_array(json_array(
      p.id, p.type, p.from_version, v.version, p.order_key, p.format, p.size, v.min_update_key, p.arch = ${UNIVERSAL})) AS links
    FROM (${sql.join(parts, sql` UNION ALL `)}) p JOIN versions v ON v.id = p.version_id
    WHERE (p.version_id, p.channel) NOT IN (
      SELECT version_id, channel FROM rollouts WHERE state = 'rolled_back' AND version_id IS NOT NULL)`);
}

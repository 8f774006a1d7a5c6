import { and, desc, eq, inArray, isNull, sql, type SQL } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { versions } from "../../schema/releases.ts";
import { blobs } from "../../schema/uploads.ts";
import type { Query } from "../core/database/database.ts";
import { highestOpen, selectGates, type GatedDevices } from "../updates/gates.sql.ts";
import { softwareOf } from "../updates/newest-packages.sql.ts";
import type { FeedQuestion } from "./feed-question.ts";

/**
 * How many of the newest releases a feed has for each arch and channel: more than the deltas that a Velopack client
 * applies.
 */
const NEWEST = 11;

/**
 * The packages of the newest releases of a platform, full ones and patches, highest version first. Costs a look-up in the
 * index `packages_newest` for each of these releases, arch and channel, and a row for each of their packages; older
 * versions are not read. For devices that a gate stops, only releases count that they may take.
 */
export function selectFeedReleases(query: Query, question: FeedQuestion) {
  const { platform, arches, channels, floor } = question;
  const softwareId = softwareOf(question);
  const newest = arches.flatMap((arch) =>
    channels.map((channel): SQL => {
      const offer = { arch, channel };
      if (floor !== undefined) return selectOpen({ softwareId, platform, arches, channels, floor }, offer);
      return sql`SELECT order_key FROM (SELECT DISTINCT order_key FROM packages WHERE software_id = ${softwareId}
        AND platform = ${platform} AND arch = ${arch} AND channel = ${channel} AND type = 'full'
        AND yanked_at IS NULL ORDER BY order_key DESC LIMIT ${NEWEST})`;
    }),
  );
  return query
    .select({
      file: packages,
      version: versions.version,
      notes: versions.notes,
      description: sql<string>`coalesce(${packages.description}, ${versions.description})`,
      channel: packages.channel,
      createdAt: versions.createdAt,
      sha1: blobs.sha1,
      sha256: blobs.sha256,
      sha512: blobs.sha512,
      gates: selectGates(packages.softwareId),
    })
    .from(packages)
    .innerJoin(versions, eq(versions.id, packages.versionId))
    .innerJoin(blobs, eq(blobs.id, packages.blobId))
    .where(
      and(
        eq(packages.softwareId, softwareId),
        eq(packages.platform, platform),
        inArray(packages.arch, [...arches]),
        inArray(packages.channel, [...channels]),
        inArray(packages.type, ["full", "patch"]),
        isNull(packages.yankedAt),
        sql`${packages.orderKey} IN (${sql.join(newest, sql` UNION `)})`,
      ),
    )
    .orderBy(desc(packages.orderKey), packages.id);
}

/** The order keys of the newest releases of an arch and channel that devices with a floor may take, one below the other. */
const selectOpen = (devices: GatedDevices, offer: { arch: string; channel: string }): SQL => sql`
  SELECT key FROM (WITH RECURSIVE newest(key, place) AS (
    SELECT ${highestOpen(devices, offer)}, 1
    UNION ALL
    SELECT ${highestOpen(devices, { ...offer, below: sql`newest.key` })}, place + 1
    FROM newest WHERE key > '' AND place < ${NEWEST}
  ) SELECT key FROM newest WHERE key > '')`;

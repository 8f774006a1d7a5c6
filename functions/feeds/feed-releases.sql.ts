import { and, desc, eq, inArray, isNull, or, sql, type SQL } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { versions } from "../../schema/releases.ts";
import { rollouts } from "../../schema/rollouts/rollouts.ts";
import { blobs } from "../../schema/uploads.ts";
import type { Query } from "../core/database/database.ts";
import { isLimited, limitColumns, limitOfPackage, wasRolledBack } from "../rollouts/limits.sql.ts";
import { highestOpen, isOpen, selectGates, type GatedDevices } from "../updates/gates.sql.ts";
import { softwareOf } from "../updates/newest-packages.sql.ts";
import type { FeedQuestion } from "./feed-question.ts";

/**
 * How many of the newest releases that are out for all devices a feed has for each arch and channel: more than the deltas
 * that a Velopack client applies.
 */
const NEWEST = 11;

/**
 * The packages of the newest releases of a platform, full ones and patches, highest version first, each with its rollout where
 * that keeps it from any device. Costs three look-ups for each of these releases, arch and channel, and a row and a look-up for
 * each of their packages; older versions are not read. For devices that a gate stops, only releases count that they may take. Of
 * a release that was rolled back, yanked packages are read, too: feeds that are told this version have to know.
 */
export function selectFeedReleases(query: Query, question: FeedQuestion) {
  const { platform, arches, channels, floor } = question;
  const softwareId = softwareOf(question);
  const newest = arches.flatMap((arch) =>
    channels.map((channel): SQL => {
      const gated = floor === undefined ? undefined : { softwareId, platform, arches, channels, floor };
      const place = { versionId: sql`packages.version_id`, channel };
      const full = sql`FROM packages WHERE software_id = ${softwareId} AND platform = ${platform} AND arch = ${arch}
        AND channel = ${channel} AND type = 'full' ${gated ? sql`AND ${isOpen(gated)}` : sql``}`;
      const last = gated
        ? selectLastOpen(gated, { arch, channel })
        : sql`SELECT DISTINCT order_key ${full} AND yanked_at IS NULL AND NOT ${isLimited(place)}
            ORDER BY order_key DESC LIMIT 1 OFFSET ${NEWEST - 1}`;
      return sql`SELECT order_key ${full} AND (yanked_at IS NULL OR ${wasRolledBack(place)})
        AND order_key >= coalesce((${last}), '')`;
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
      limit: limitColumns,
    })
    .from(packages)
    .innerJoin(versions, eq(versions.id, packages.versionId))
    .innerJoin(blobs, eq(blobs.id, packages.blobId))
    .leftJoin(rollouts, limitOfPackage)
    .where(
      and(
        eq(packages.softwareId, softwareId),
        eq(packages.platform, platform),
        inArray(packages.arch, [...arches]),
        inArray(packages.channel, [...channels]),
        inArray(packages.type, ["full", "patch"]),
        or(isNull(packages.yankedAt), eq(rollouts.state, "rolled_back")),
        sql`${packages.orderKey} IN (${sql.join(newest, sql` UNION `)})`,
      ),
    )
    .orderBy(desc(packages.orderKey), packages.id);
}

/** The lowest of the newest releases of an arch and channel that devices with a floor may take; no row where there are fewer. */
const selectLastOpen = (devices: GatedDevices, offer: { arch: string; channel: string }): SQL => sql`
  WITH RECURSIVE newest(key, place) AS (
    SELECT ${highestOpen(devices, offer)}, 1
    UNION ALL
    SELECT ${highestOpen(devices, { ...offer, below: sql`newest.key` })}, place + 1
    FROM newest WHERE key > '' AND place < ${NEWEST}
  ) SELECT key FROM newest WHERE key > '' AND place = ${NEWEST}`;

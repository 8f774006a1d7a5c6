import { and, desc, eq, gte, inArray, isNull, or, sql, type SQL } from "drizzle-orm";
import { packages, packageTypes } from "../../schema/packages.ts";
import { software, versions } from "../../schema/releases.ts";
import { rollouts } from "../../schema/rollouts/rollouts.ts";
import type { Query } from "../core/database/database.ts";
import { channelsFrom } from "../kit/channels.ts";
import { archesFor, UNIVERSAL } from "../releases/arches.ts";
import { isLimited, limitColumns, limitOfPackage, wasRolledBack } from "../rollouts/limits.sql.ts";
import { highestOpen, isOpen, selectGates } from "./gates.sql.ts";

/** What clients of one kind ask for. `software` is a slug or an akey. */
export type Target = {
  software: string;
  platform: (typeof packages.$inferSelect)["platform"];
  arch: (typeof packages.$inferSelect)["arch"];
  channel: string;
  /** An extension without its dot. Without it, packages of every format count. */
  format?: string | undefined;
};

/** A question about updates, asked by those devices of a target that have passed the same gates. */
export type IndexQuestion = Target & {
  /**
   * The order key of the highest gate that the devices have passed, "" where there is none; absent for devices that no gate
   * stops.
   */
  floor?: string | undefined;
};

/** The id of a target's software. */
export const softwareOf = ({
  software: name,
}: Pick<Target, "software">) => sql<string>`(SELECT ${software.id} FROM ${software}
  WHERE ${software.slug} = ${name} OR ${software.akey} = ${name})`;

/**
 * The packages of the newest version that has a full one and is out for all devices, and of all newer versions; no older
 * version can be an answer. The highest version comes first, and of each version the smallest package. Costs look-ups in the
 * index `packages_newest`, so that the number of versions does not matter; one row for each package in the answer; for each of
 * these look-ups in `packages_critical` and one for its rollout; and two look-ups for gates. For devices that gates stop, only
 * what they may take counts: then the first look-ups are in `packages_open`, one for each gate that they have passed. Of a
 * version that was rolled back, yanked packages are read, too: devices that run it have to be told.
 */
export function selectNewestPackages(query: Query, question: IndexQuestion) {
  const { platform, arch, format, floor } = question;
  const softwareId = softwareOf(question);
  const channels = channelsFrom(question.channel);
  const arches = archesFor(arch);
  const offers = channels.flatMap((channel) => arches.map((one) => ({ channel, arch: one })));
  const gated = floor === undefined ? undefined : { softwareId, platform, arches, channels, floor };
  const inFormat = format === undefined ? sql`` : sql`AND format = ${format}`;
  const newestFull = offers.map((offer): SQL =>
    gated
      ? sql`coalesce(${highestOpen(gated, { ...offer, format })}, '')`
      : sql`coalesce((SELECT order_key FROM packages WHERE software_id = ${softwareId}
            AND platform = ${platform} AND arch = ${offer.arch} AND channel = ${offer.channel} AND type = 'full'
            AND yanked_at IS NULL AND NOT ${isLimited({ versionId: sql`packages.version_id`, channel: offer.channel })} ${inFormat}
            ORDER BY order_key DESC LIMIT 1), '')`,
  );
  // What the device has a full package of its own arch of, it does not take from the universal one.
  const isTaken = sql`NOT EXISTS (SELECT 1 FROM packages o WHERE o.version_id = c.version_id
    AND o.platform = ${platform} AND o.arch = ${arch} AND o.type = 'full' AND o.channel IN ${channels} AND o.yanked_at IS NULL)`;
  const criticalBelow = offers.map(
    (
      offer,
    ): SQL => sql`coalesce((SELECT c.order_key FROM packages c WHERE c.software_id = ${packages.softwareId}
      AND c.platform = ${platform} AND c.arch = ${offer.arch} AND c.channel = ${offer.channel} AND c.is_critical = 1
      AND c.yanked_at IS NULL ${offer.arch === arch ? sql`` : sql`AND ${isTaken}`}
      AND c.order_key < ${packages.orderKey}
      AND NOT ${wasRolledBack({ versionId: sql`c.version_id`, channel: offer.channel })} ORDER BY c.order_key DESC LIMIT 1), '')`,
  );
  return query
    .select({
      id: packages.id,
      type: packages.type,
      fromVersion: packages.fromVersion,
      size: packages.size,
      fileName: packages.fileName,
      orderKey: packages.orderKey,
      version: versions.version,
      format: packages.format,
      isUniversal: sql<boolean>`${packages.arch} = ${UNIVERSAL}`.mapWith(Boolean),
      isCritical: packages.isCritical,
      description: sql<string>`coalesce(${packages.description}, ${versions.description})`,
      criticalBelow: sql<string>`max(${sql.join(criticalBelow, sql`, `)}, '')`,
      createdAt: versions.createdAt,
      gates: selectGates(packages.softwareId),
      isYanked: sql<number>`${packages.yankedAt} IS NOT NULL`,
      limit: limitColumns,
    })
    .from(packages)
    .innerJoin(versions, eq(versions.id, packages.versionId))
    .leftJoin(rollouts, limitOfPackage)
    .where(
      and(
        eq(packages.softwareId, softwareId),
        eq(packages.platform, platform),
        inArray(packages.arch, arches),
        inArray(packages.channel, channels),
        inArray(packages.type, [...packageTypes]),
        format === undefined ? undefined : eq(packages.format, format),
        gte(packages.orderKey, sql`max(${sql.join(newestFull, sql`, `)}, '')`),
        or(isNull(packages.yankedAt), eq(rollouts.state, "rolled_back")),
        gated && isOpen(gated),
      ),
    )
    .orderBy(desc(packages.orderKey), packages.size, packages.id);
}

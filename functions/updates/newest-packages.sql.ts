import { and, desc, eq, gte, inArray, isNull, sql, type SQL } from "drizzle-orm";
import { packages, packageTypes } from "../../schema/packages.ts";
import { software, versions } from "../../schema/releases.ts";
import type { Query } from "../core/database/database.ts";
import { archesFor, UNIVERSAL } from "../releases/arches.ts";
import { isOpen, selectGates } from "./gates.sql.ts";

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

/** The channels from which a target's clients are offered packages. */
export const channelsOf = ({ channel }: Pick<Target, "channel">) => [...new Set(["stable", channel])];

/**
 * The packages of the newest version that has a full one, and of all newer versions; no older version can be an answer. The
 * highest version comes first, and of each version the smallest package. For devices that gates stop, only what they may
 * take counts, which costs one more look-up for each newer version that is closed to them. Costs look-ups in the index
 * `packages_newest`, so that the number of versions does not matter; one row for each package in the answer; for each of
 * these a look-up in `packages_critical`; and two look-ups for gates.
 */
export function selectNewestPackages(query: Query, question: IndexQuestion) {
  const { platform, arch, format, floor } = question;
  const softwareId = softwareOf(question);
  const channels = channelsOf(question);
  const arches = archesFor(arch);
  const offers = channels.flatMap((channel) => arches.map((one) => ({ channel, arch: one })));
  const onlyOpen = (row: { orderKey: SQL; versionId: SQL }) =>
    floor === undefined ? undefined : isOpen({ softwareId, platform, arches, channels, floor }, row);
  const openInside = onlyOpen({ orderKey: sql`order_key`, versionId: sql`version_id` });
  const newestFull = offers.map(
    ({
      channel,
      arch: one,
    }): SQL => sql`coalesce((SELECT order_key FROM packages WHERE software_id = ${softwareId}
      AND platform = ${platform} AND arch = ${one} AND channel = ${channel} AND type = 'full'
      AND yanked_at IS NULL ${format === undefined ? sql`` : sql`AND format = ${format}`}
      ${openInside ? sql`AND ${openInside}` : sql``}
      ORDER BY order_key DESC LIMIT 1), '')`,
  );
  const criticalBelow = offers.map(
    ({
      channel,
      arch: one,
    }): SQL => sql`coalesce((SELECT c.order_key FROM packages c WHERE c.software_id = ${packages.softwareId}
      AND c.platform = ${platform} AND c.arch = ${one} AND c.channel = ${channel} AND c.is_critical = 1
      AND c.yanked_at IS NULL ${
        one === arch
          ? sql``
          : sql`AND NOT EXISTS (SELECT 1 FROM packages o
        WHERE o.version_id = c.version_id AND o.platform = ${platform} AND o.arch = ${arch} AND o.type = 'full'
        AND o.channel IN ${channels} AND o.yanked_at IS NULL)`
      } AND c.order_key < ${packages.orderKey} ORDER BY c.order_key DESC LIMIT 1), '')`,
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
    })
    .from(packages)
    .innerJoin(versions, eq(versions.id, packages.versionId))
    .where(
      and(
        eq(packages.softwareId, softwareId),
        eq(packages.platform, platform),
        inArray(packages.arch, arches),
        inArray(packages.channel, channels),
        inArray(packages.type, [...packageTypes]),
        format === undefined ? undefined : eq(packages.format, format),
        gte(packages.orderKey, sql`max(${sql.join(newestFull, sql`, `)}, '')`),
        isNull(packages.yankedAt),
        onlyOpen({ orderKey: sql`${packages.orderKey}`, versionId: sql`${packages.versionId}` }),
      ),
    )
    .orderBy(desc(packages.orderKey), packages.size, packages.id);
}

import { sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { packages } from "../../schema/packages.ts";
import { versions } from "../../schema/releases.ts";
import type { Query, Statement } from "../core/database/database.ts";
import { newId } from "../kit/ids.ts";
import { furtherGate, newGate, type GivenGate } from "./gates.ts";
import { hasNoLatest, outranksLatest, rankOf, unsetLatest, type Rank } from "./latest.ts";

/** A version that packages are published to. Fields that are null say nothing: an existing version keeps its own values. */
export type PublishedVersion = Rank & {
  orderKey: string;
  /** The version's text; an existing version keeps the one it has. */
  version: string;
  /** Whether the package is for everybody; asked in the database, because the package is not there yet. */
  isStable: SQL<boolean>;
  isCritical: boolean | null;
  description: string | null;
  notes: string | null;
  gate?: GivenGate;
};

/**
 * The statements that make a version for its first package; a new release becomes the latest where it ranks highest. A
 * further package takes nothing away from the version: it can make the version stable or critical, and fills in its texts
 * where they are missing.
 */
export function upsertVersion(
  query: Query,
  softwareId: SQL<string>,
  input: PublishedVersion,
  now: number,
): [Statement, Statement] {
  const { version, orderKey, channel, isStable, isCritical, description, notes, gate } = input;
  const known = alias(versions, "known");
  const promoted = sql`${isStable} AND ${known.channel} <> 'stable'`;
  const isNews = sql`NOT EXISTS (SELECT 1 FROM ${versions} AS ${known} WHERE ${known.softwareId} = ${softwareId}
    AND ${known.orderKey} = ${orderKey} AND NOT (${promoted}))`;
  const vacant = hasNoLatest(softwareId);
  return [
    unsetLatest(query, softwareId, sql`${outranksLatest(input)} AND ${isNews}`),
    query
      .insert(versions)
      .values({
        ...newKeys(now),
        softwareId,
        version,
        orderKey,
        channel,
        isCritical: isCritical ?? false,
        ...newGate(gate),
        isLatest: vacant,
        description: description ?? "",
        notes: notes ?? "",
        createdAt: now,
      })
      .onConflictDoUpdate({
        target: [versions.softwareId, versions.orderKey],
        set: {
          channel: sql`CASE WHEN ${isStable} THEN 'stable' ELSE ${versions.channel} END`,
          isCritical: sql`${versions.isCritical} OR ${isCritical ?? false}`,
          ...furtherGate(gate),
          isLatest: sql`${versions.isLatest} OR ${vacant}`,
          description: sql`CASE WHEN ${versions.description} = '' AND NOT EXISTS (SELECT 1 FROM ${packages}
            WHERE ${packages.versionId} = ${versions.id}) THEN ${description ?? ""} ELSE ${versions.description} END`,
          notes: notes ?? sql`${versions.notes}`,
        },
      }),
  ];
}

/**
 * The statements that make a version without packages, in their order. It becomes the latest where the caller says so, by
 * the rule where the caller says nothing, or because it is the first. Refused as `versions.software_id` where there is no
 * such software, as `versions.software_id, versions.order_key` where the version exists, and as `versions.software_id,
 * versions.version` where it cannot be read as a version and the same text exists.
 */
export function insertVersion(
  query: Query,
  softwareId: SQL<string>,
  input: { version: string; description: string; isLatest: boolean | undefined },
  now: number,
) {
  const { version, description, isLatest } = input;
  const rank = rankOf(version);
  const condition = isLatest === undefined ? outranksLatest(rank) : sql`${isLatest}`;
  return {
    unset: unsetLatest(query, softwareId, condition),
    insert: query
      .insert(versions)
      .values({
        ...newKeys(now),
        softwareId,
        version,
        ...rank,
        isCritical: false,
        isLatest: hasNoLatest(softwareId),
        description,
        notes: "",
        createdAt: now,
      })
      .returning(),
  };
}

const newKeys = (now: number) => ({ id: newId("ver", now), vkey: newId("ver", now) });

/**
 * The statement that changes the text of a row of `versions`, and the rank that follows from it.
 * @param keepsText a condition on the row; where it holds, another version's text is refused as `versions.version`
 */
export function renameVersion(text: string, keepsText: SQL) {
  const { orderKey, channel } = rankOf(text);
  const same = sql`(${versions.version} = ${text} OR ${versions.orderKey} IS ${orderKey} AND ${versions.orderKey} IS NOT NULL)`;
  return {
    version: sql<string>`CASE WHEN ${same} OR NOT ${keepsText} THEN ${text} END`,
    orderKey,
    channel: sql<string>`CASE WHEN ${same} THEN ${versions.channel} ELSE ${channel} END`,
  };
}

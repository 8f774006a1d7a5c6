import { sql, type SQL } from "drizzle-orm";
import { versions } from "../../schema/releases.ts";
import type { Query, Statement } from "../core/database/database.ts";
import { newId } from "../kit/ids.ts";
import { hasNoLatest, rankOf, stepDown, takesPlace, type Rank } from "./latest.ts";

/** A version that packages are published to. What is null is not said: an existing version keeps its own. */
export type PublishedVersion = Rank & {
  version: string;
  /** Whether the channel was said, or follows from the version. */
  channelGiven: boolean;
  isCritical: boolean | null;
  description: string | null;
  notes: string | null;
};

/** Makes a version for its first package, or changes the existing one; a new release becomes the latest if it is. */
export function upsertVersion(
  query: Query,
  softwareId: SQL<string>,
  input: PublishedVersion,
  now: number,
): [Statement, Statement] {
  const { version, orderKey, channel, channelGiven, isCritical, description, notes } = input;
  const promoted = sql`${channelGiven && channel === "stable"} AND k.channel <> 'stable'`;
  const isNews = sql`NOT EXISTS (SELECT 1 FROM versions AS k WHERE k.software_id = ${softwareId}
    AND k.version = ${version} AND NOT (${promoted}))`;
  const vacant = hasNoLatest(softwareId);
  return [
    stepDown(query, softwareId, sql`${takesPlace(input)} AND ${isNews}`),
    query
      .insert(versions)
      .values({
        ...newKeys(now),
        softwareId,
        version,
        orderKey,
        channel,
        isCritical: isCritical ?? false,
        isLatest: vacant,
        description: description ?? "",
        notes: notes ?? "",
        createdAt: now,
      })
      .onConflictDoUpdate({
        target: [versions.softwareId, versions.version],
        set: {
          channel: channelGiven ? channel : sql`channel`,
          isCritical: isCritical ?? sql`is_critical`,
          isLatest: sql`is_latest OR ${vacant}`,
          description: description ?? sql`description`,
          notes: notes ?? sql`notes`,
        },
      }),
  ];
}

/**
 * Makes a version without packages: the latest one if so said, or by the rule where nothing is said, or as the first.
 * Refused as `versions.software_id` where there is no such software, as `versions.software_id, versions.version` where
 * the version exists.
 */
export function insertVersion(
  query: Query,
  softwareId: SQL<string>,
  input: { version: string; description: string; isLatest: boolean | undefined },
  now: number,
) {
  const { version, description, isLatest } = input;
  const rank = rankOf(version);
  const condition = isLatest === undefined ? takesPlace(rank) : sql`${isLatest}`;
  return [
    stepDown(query, softwareId, condition),
    query
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
  ] as const;
}

const newKeys = (now: number) => ({ id: newId("ver", now), vkey: newId("ver", now) });

/**
 * Another text for the row of `versions`, with the rank that follows from it. Refused as `versions.version` where there
 * are packages: their file names carry the text.
 */
export function renameVersion(text: string) {
  const { orderKey, channel } = rankOf(text);
  const same = sql`version = ${text}`;
  return {
    version: sql<string>`CASE WHEN ${same} OR NOT EXISTS (SELECT 1 FROM packages WHERE version_id = versions.id) THEN ${text} END`,
    orderKey: sql<string | null>`CASE WHEN ${same} THEN order_key ELSE ${orderKey} END`,
    channel: sql<string>`CASE WHEN ${same} THEN channel ELSE ${channel} END`,
  };
}

import { and, eq, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { versions } from "../../schema/releases.ts";
import type { Query, Statement } from "../core/database/database.ts";
import { channelOf, orderingKey, parseVersion } from "../kit/versions.ts";

/**
 * What decides a version's place among those of its software. `orderKey` is null for a text that cannot be read as a
 * version.
 */
export type Rank = { orderKey: string | null; channel: string };

/** The rank of a version by its text alone. A text that cannot be read as a version is on the channel of releases. */
export function rankOf(text: string): Rank {
  const version = parseVersion(text);
  return version
    ? { orderKey: orderingKey(version), channel: channelOf(version) }
    : { orderKey: null, channel: "stable" };
}

/** True in the database while a software has no latest version. */
export function hasNoLatest(softwareId: SQL): SQL<boolean> {
  const latest = alias(versions, "latest");
  return sql`NOT EXISTS (SELECT 1 FROM ${versions} AS ${latest}
    WHERE ${latest.softwareId} = ${softwareId} AND ${latest.isLatest} = 1)`;
}

/** The statement that makes the present latest version of a software an ordinary one, under a condition. */
export function unsetLatest(query: Query, softwareId: SQL, condition?: SQL): Statement {
  return query
    .update(versions)
    .set({ isLatest: false })
    .where(and(eq(versions.softwareId, softwareId), eq(versions.isLatest, true), condition));
}

/**
 * The rule that picks the latest version where nobody names it: a release before anything on another channel; then the
 * higher version; and the later one where a text cannot be read. A version that can be read only replaces such a text where
 * it is the highest.
 * @returns true in the database where a new version of this rank replaces the row of `versions`
 */
export function outranksLatest({ orderKey, channel }: Rank): SQL {
  const isRelease = channel === "stable";
  const higher = alias(versions, "higher");
  const isHigher =
    orderKey === null
      ? sql`1`
      : sql`CASE WHEN ${versions.orderKey} IS NOT NULL THEN ${versions.orderKey} < ${orderKey}
          ELSE NOT EXISTS (SELECT 1 FROM ${versions} AS ${higher} WHERE ${higher.softwareId} = ${versions.softwareId}
            AND ${higher.orderKey} > ${orderKey} AND ${higher.channel} = 'stable' AND NOT ${higher.isWithdrawn}) END`;
  const latestIsNone = sql`${versions.channel} <> 'stable'`;
  return isRelease ? sql`(${latestIsNone} OR ${isHigher})` : sql`(${latestIsNone} AND ${isHigher})`;
}

/**
 * If this version is the latest of its software, makes the highest other version the latest in its place: releases come
 * before the rest, then the order of versions decides, then the time of publication. Where no other version is offered, this
 * one stays the latest.
 */
export function passLatestOn(query: Query, vkey: string) {
  const other = alias(versions, "other");
  const softwareId = sql`(SELECT ${versions.softwareId} FROM ${versions} WHERE ${versions.vkey} = ${vkey})`;
  const others = sql`FROM ${versions} AS ${other} WHERE ${other.softwareId} = ${softwareId} AND ${other.vkey} <> ${vkey} AND NOT ${other.isWithdrawn}`;
  const highest = sql`(SELECT ${other.id} ${others}
    ORDER BY ${other.channel} = 'stable' DESC, ${other.orderKey} DESC, ${other.createdAt} DESC, ${other}.rowid DESC LIMIT 1)`;
  return {
    unset: unsetLatest(query, softwareId, sql`${versions.vkey} = ${vkey} AND EXISTS (SELECT 1 ${others})`),
    set: query
      .update(versions)
      .set({ isLatest: true })
      .where(and(eq(versions.id, highest), hasNoLatest(softwareId))),
  };
}

import { and, eq, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { versions } from "../../schema/releases.ts";
import type { Query, Statement } from "../core/database/database.ts";
import { channelOf, orderingKey, parseVersion } from "../kit/versions.ts";

/** Where a version stands among those of its software. `orderKey` is null for a text that cannot be read as one. */
export type Rank = { orderKey: string | null; channel: string };

/** The rank of a version by its text alone; a text that cannot be read as one is on the channel of releases. */
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

/** Makes the present latest version of a software an ordinary one, whatever comes, under a condition. */
export function unsetLatest(query: Query, softwareId: SQL, condition?: SQL): Statement {
  return query
    .update(versions)
    .set({ isLatest: false })
    .where(and(eq(versions.softwareId, softwareId), eq(versions.isLatest, true), condition));
}

/**
 * The rule when nobody says which version is the latest: a release before what is on a channel of its own, then the higher
 * one, and the later one where a text cannot be read. In the place of such a text comes only what no other is above of.
 * @returns true in the database where a new version of this rank takes the place of the row of `versions`
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
 * Makes the highest other version of its software the latest in the place of this one, if this one is: releases before the
 * rest, then by version, then the last one published. Where no other is offered, it stays the latest.
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

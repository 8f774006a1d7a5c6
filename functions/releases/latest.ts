import { and, eq, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { versions } from "../../schema/releases.ts";
import type { Query, Statement } from "../core/database/database.ts";
import { channelOf, orderingKey, parseVersion } from "../kit/versions.ts";

/** Where a version stands among those of its software. `orderKey` is null for a text that is no SemVer version. */
export type Rank = { orderKey: string | null; channel: string };

/** The rank of a version by its text alone; a text that is no SemVer version is on the channel of releases. */
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
 * The rule when nobody says which version is the latest: the higher one of two SemVer versions, else the later one. What
 * is on a channel of its own never takes the place of a release.
 * @returns true in the database where a new version of this rank takes the place of the row of `versions`
 */
export function outranksLatest({ orderKey, channel }: Rank): SQL {
  const release = channel === "stable" ? sql`1` : sql`${versions.channel} <> 'stable'`;
  const order =
    orderKey === null ? sql`1` : sql`(${versions.orderKey} IS NULL OR ${versions.orderKey} < ${orderKey})`;
  return sql`${release} AND ${order}`;
}

/**
 * Makes the highest other version of its software the latest in the place of this one, if this one is: releases before the
 * rest, then by version, then the last one published. Alone, it stays the latest.
 */
export function passLatestOn(query: Query, vkey: string) {
  const other = alias(versions, "other");
  const softwareId = sql`(SELECT ${versions.softwareId} FROM ${versions} WHERE ${versions.vkey} = ${vkey})`;
  const others = sql`FROM ${versions} AS ${other} WHERE ${other.softwareId} = ${softwareId} AND ${other.vkey} <> ${vkey}`;
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

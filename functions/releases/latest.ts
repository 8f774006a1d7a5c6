import { and, eq, sql, type SQL } from "drizzle-orm";
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
export const hasNoLatest = (softwareId: SQL): SQL<boolean> =>
  sql`NOT EXISTS (SELECT 1 FROM versions AS l WHERE l.software_id = ${softwareId} AND l.is_latest = 1)`;

/** The present latest version of a software steps down, whatever comes, under a condition. */
export function stepDown(query: Query, softwareId: SQL, condition?: SQL): Statement {
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
export function takesPlace({ orderKey, channel }: Rank): SQL {
  const release = channel === "stable" ? sql`1` : sql`${versions.channel} <> 'stable'`;
  const order =
    orderKey === null ? sql`1` : sql`(${versions.orderKey} IS NULL OR ${versions.orderKey} < ${orderKey})`;
  return sql`${release} AND ${order}`;
}

/**
 * A version that is the latest hands this over to the highest other one of its software: releases before the rest, then
 * by version, then the last one published. Alone, it stays what it is.
 */
export function handOver(query: Query, vkey: string): [Statement, Statement] {
  const softwareId = sql`(SELECT software_id FROM versions WHERE vkey = ${vkey})`;
  const others = sql`FROM versions AS o WHERE o.software_id = ${softwareId} AND o.vkey <> ${vkey}`;
  const highest = sql`(SELECT o.id ${others}
    ORDER BY o.channel = 'stable' DESC, o.order_key DESC, o.created_at DESC, o.rowid DESC LIMIT 1)`;
  return [
    stepDown(query, softwareId, sql`${versions.vkey} = ${vkey} AND EXISTS (SELECT 1 ${others})`),
    query
      .update(versions)
      .set({ isLatest: true })
      .where(and(eq(versions.id, highest), hasNoLatest(softwareId))),
  ];
}

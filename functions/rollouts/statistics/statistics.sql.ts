import { sql } from "drizzle-orm";
import { dailyCounts, devices, UNKNOWN_PLATFORM } from "../../../schema/rollouts/statistics.ts";
import type { Query } from "../../core/database/database.ts";

/** In place of a version or channel that the software does not have: clients say what they like. */
const OTHER = "other";

export const dailyKinds = ["checks", "offers", "downloads", "installs", "failures"] as const;
export type DailyKind = (typeof dailyKinds)[number];

/** How often something happened on a day. */
export type DailySum = {
  day: number;
  slug: string;
  orderKey: string | null;
  platform: string | null;
  kind: DailyKind;
  amount: number;
};

/** A device on the day on which it was seen. */
export type RecordedDevice = {
  slug: string;
  /** The keyed hash of its id. */
  device: string;
  orderKey: string;
  channel: string;
  platform: string;
  arch: string;
  day: number;
};

const value = (name: string) => sql`j.value ->> ${sql.raw(`'${name}'`)}`;

const versionText = sql`coalesce((SELECT v.version FROM versions v
  WHERE v.software_id = s.id AND v.order_key = ${value("orderKey")}), ${OTHER})`;

/** The statement that adds sums to the counts of their days. */
export function addDailyCounts(q: Query, sums: readonly DailySum[]) {
  const sumOf = (kind: DailyKind) =>
    sql`coalesce(sum(${value("amount")}) FILTER (WHERE ${value("kind")} = ${kind}), 0)`;
  const added = (kind: DailyKind) => sql`${dailyCounts[kind]} + excluded.${sql.raw(kind)}`;
  return q
    .insert(dailyCounts)
    .select(
      sql`SELECT s.id, ${value("day")}, ${versionText}, coalesce(${value("platform")}, ${UNKNOWN_PLATFORM}),
        ${sql.join(dailyKinds.map(sumOf), sql`, `)}
      FROM json_each(${JSON.stringify(sums)}) j CROSS JOIN software s ON s.slug = ${value("slug")}
      WHERE true GROUP BY 1, 2, 3, 4`,
    )
    .onConflictDoUpdate({
      target: [dailyCounts.softwareId, dailyCounts.day, dailyCounts.version, dailyCounts.platform],
      set: Object.fromEntries(dailyKinds.map((kind) => [kind, added(kind)])),
    });
}

/**
 * The statement that records devices, in their order; what is known of a device already is not written again, and a later
 * day is not replaced by an earlier one. Triggers move the sums.
 */
export function recordDevices(q: Query, seen: readonly RecordedDevice[]) {
  return q
    .insert(devices)
    .select(
      sql`WITH channels AS MATERIALIZED (SELECT DISTINCT v.software_id, v.channel FROM versions v
        WHERE v.software_id IN (SELECT s.id FROM json_each(${JSON.stringify([...new Set(seen.map(({ slug }) => slug))])}) j
          JOIN software s ON s.slug = j.value))
      SELECT s.id, ${value("device")}, ${versionText},
        CASE WHEN ${value("channel")} = 'stable' OR (s.id, ${value("channel")}) IN (SELECT software_id, channel FROM channels)
          THEN ${value("channel")} ELSE ${OTHER} END,
        ${value("platform")}, ${value("arch")}, ${value("day")}
      FROM json_each(${JSON.stringify(seen)}) j CROSS JOIN software s ON s.slug = ${value("slug")}
      WHERE true ORDER BY j.key`,
    )
    .onConflictDoUpdate({
      target: [devices.softwareId, devices.device],
      set: {
        version: sql`excluded.version`,
        channel: sql`excluded.channel`,
        platform: sql`excluded.platform`,
        arch: sql`excluded.arch`,
        day: sql`excluded.day`,
      },
      setWhere: sql`excluded.day > devices.day OR excluded.day = devices.day
        AND (excluded.version, excluded.channel, excluded.platform, excluded.arch)
          <> (devices.version, devices.channel, devices.platform, devices.arch)`,
    });
}

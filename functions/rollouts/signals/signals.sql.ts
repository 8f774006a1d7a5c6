import { sql, type SQL } from "drizzle-orm";
import { deviceSignals } from "../../../schema/rollouts/signals.ts";
import type { Query } from "../../core/database/database.ts";
import type { DailyEvent } from "../statistics/daily-counts.ts";
import type { ReadSignal } from "./read-signals.ts";

/** A signal that changed what is known of its device, for the counts of its day. */
export type NewSignal = {
  orderKey: string | null;
  device: string;
  event: string;
  platform: DailyEvent["platform"];
};

const about = {
  software: {
    subject: sql`v.id`,
    from: sql`JOIN software s ON s.slug = j.value ->> 'slug'
      JOIN versions v ON v.software_id = s.id AND v.order_key = j.value ->> 'orderKey'`,
    orderKey: sql`(SELECT v.order_key FROM versions v WHERE v.id = device_signals.subject)`,
    platform: sql`(SELECT d.platform FROM versions v JOIN devices d ON d.software_id = v.software_id
      WHERE v.id = device_signals.subject AND d.device = device_signals.device)`,
  },
  plugin: {
    subject: sql`'plugin:' || v.id`,
    from: sql`JOIN plugins p ON p.name_key = j.value ->> 'plugin'
      JOIN plugin_versions v ON v.plugin_name = p.name AND v.order_key = j.value ->> 'orderKey'`,
    orderKey: sql`NULL`,
    platform: sql`NULL`,
  },
};

const at = (event: string, now: number) => sql`CASE WHEN j.value ->> 'event' = ${event} THEN ${now} END`;

/** Whether a row's device failed and has not started since. */
const isFailing = sql`max(ifnull(device_signals.failed_at, 0), ifnull(device_signals.crashed_at, 0))
  > ifnull(device_signals.started_at, 0)`;

/** A device's signals of one version follow each other, also those of one millisecond, or by clocks that differ. */
const next = sql`max(excluded.updated_at, device_signals.updated_at + 1)`;

const moved = (column: SQL) =>
  sql`CASE WHEN excluded.${column} IS NOT NULL THEN ${next} ELSE device_signals.${column} END`;

const failureIsNews = (column: SQL) =>
  sql`excluded.${column} IS NOT NULL AND (device_signals.${column} IS NULL OR NOT (${isFailing}))`;

/**
 * The statement that keeps signals, in their order, as far as they are about a version that exists and say something new
 * of their device: a first `installed`; a first `started`, or one after a failure; a first failure of its kind, or one after
 * a start. Triggers move the sums.
 * @returns the signals that were new
 */
export function keepSignals(q: Query, kind: keyof typeof about, signals: readonly ReadSignal[], now: number) {
  const { subject, from, orderKey, platform } = about[kind];
  return q
    .insert(deviceSignals)
    .select(
      sql`SELECT ${subject}, j.value ->> 'device', ${at("installed", now)}, ${at("started", now)},
        ${at("failed", now)}, ${at("crashed", now)}, j.value ->> 'message', j.value ->> 'from', ${now}
      FROM json_each(${JSON.stringify(signals)}) j CROSS ${from} WHERE true ORDER BY j.key`,
    )
    .onConflictDoUpdate({
      target: [deviceSignals.subject, deviceSignals.device],
      set: {
        installedAt: sql`coalesce(device_signals.installed_at, excluded.installed_at)`,
        startedAt: moved(sql`started_at`),
        failedAt: moved(sql`failed_at`),
        crashedAt: moved(sql`crashed_at`),
        message: sql`CASE excluded.message WHEN '' THEN device_signals.message ELSE excluded.message END`,
        fromVersion: sql`coalesce(excluded.from_version, device_signals.from_version)`,
        updatedAt: next,
      },
      setWhere: sql`excluded.installed_at IS NOT NULL AND device_signals.installed_at IS NULL
        OR excluded.started_at IS NOT NULL AND (device_signals.started_at IS NULL OR ${isFailing})
        OR ${failureIsNews(sql`failed_at`)} OR ${failureIsNews(sql`crashed_at`)}`,
    })
    .returning({
      orderKey: sql<string | null>`${orderKey}`,
      device: sql<string>`device_signals.device`,
      event: sql<string>`CASE device_signals.updated_at WHEN device_signals.crashed_at THEN 'crashed'
        WHEN device_signals.failed_at THEN 'failed' WHEN device_signals.started_at THEN 'started' ELSE 'installed' END`,
      platform: sql<NewSignal["platform"]>`${platform}`,
    });
}

import { lt, sql, type SQL } from "drizzle-orm";
import { rollouts } from "../../../schema/rollouts/rollouts.ts";
import { deviceSignals } from "../../../schema/rollouts/signals.ts";
import { dailyCounts, devices } from "../../../schema/rollouts/statistics.ts";
import type { Ctx } from "../../core/context.ts";
import type { Query } from "../../core/database/database.ts";
import { dayOf } from "./days.ts";

/** Rows deleted in one statement: it takes some ten milliseconds, in which nobody else writes. */
const SLICE = 2_000;
const DAY_MS = 86_400_000;

/**
 * A job: deletes devices that were not seen for DEVICE_DAYS, signals that are as old, and counts of days before
 * STATISTICS_DAYS. Signals stay while a rollout of their version is active or paused, so that no device counts twice in it.
 */
export async function pruneStatistics(ctx: Ctx): Promise<void> {
  const { DEVICE_DAYS, STATISTICS_DAYS } = ctx.deps.config;
  const now = ctx.deps.clock();
  await inSlices(ctx, (q) => deleteFrom(q, devices, lt(devices.day, dayOf(now) - DEVICE_DAYS)));
  await inSlices(ctx, (q) => deleteFrom(q, dailyCounts, lt(dailyCounts.day, dayOf(now) - STATISTICS_DAYS)));
  const isOld = lt(deviceSignals.updatedAt, now - DEVICE_DAYS * DAY_MS);
  await inSlices(ctx, (q) =>
    deleteFrom(q, deviceSignals, sql`${isOld} AND ${deviceSignals.subject} NOT IN (${openSubjects})`),
  );
}

const openSubjects = sql`SELECT coalesce(${rollouts.versionId}, 'plugin:' || ${rollouts.pluginVersionId})
  FROM ${rollouts} WHERE ${rollouts.state} IN ('active', 'paused')`;

type Table = typeof devices | typeof dailyCounts | typeof deviceSignals;

const deleteFrom = (q: Query, table: Table, isOld: SQL) =>
  q
    .delete(table)
    .where(sql`rowid IN (SELECT rowid FROM ${table} WHERE ${isOld} LIMIT ${SLICE})`)
    .returning({ gone: sql`1` });

async function inSlices(ctx: Ctx, statement: (q: Query) => ReturnType<typeof deleteFrom>): Promise<void> {
  while (ctx.mayGoOn()) {
    const { gone } = await ctx.deps.db.write((q) => ({ gone: statement(q) }));
    if (gone.length < SLICE) return;
  }
}

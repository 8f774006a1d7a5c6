import { sql } from "drizzle-orm";
import { quotaLevels, usage } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import { tellOf } from "../../webhooks/events/tell-of.ts";

/** The shares of the quota that webhooks are told of, in percent: when it gets narrow, and shortly before uploads are refused. */
const LEVELS = [80, 95];

/**
 * Tells webhooks of each share of the quota that is used up, once until it is free again. One look at the totals; a batch
 * where something has changed, which looks again.
 */
export async function watchQuota(ctx: Ctx): Promise<void> {
  const { db, clock, config } = ctx.deps;
  const quota = config.STORAGE_QUOTA_BYTES;
  const used = sql`(SELECT coalesce(sum(${usage.bytes}), 0) FROM ${usage})`;
  const isCrossed = sql`${used} * 100.0 >= level.value * ${quota}`;
  const isTold = sql`level.value IN (SELECT ${quotaLevels.percent} FROM ${quotaLevels})`;
  const levels = sql`json_each(${JSON.stringify(LEVELS)}) AS level`;
  const [news] = await db.read((q) =>
    q.all<{ count: number }>(
      sql`SELECT count(*) AS count FROM ${levels} WHERE (${isCrossed}) <> (${isTold})`,
    ),
  );
  if (!news?.count) return;
  const now = clock();
  await db.write((q) => ({
    told: tellOf(ctx, q, {
      type: "storage.threshold",
      data: { percent: sql`level.value`, used_bytes: used, quota_bytes: quota },
      from: levels,
      when: sql`(${isCrossed}) AND NOT (${isTold})`,
      at: now,
    }),
    crossed: q
      .insert(quotaLevels)
      .select(sql`SELECT level.value, ${now} FROM ${levels} WHERE ${isCrossed}`)
      .onConflictDoNothing(),
    free: q.delete(quotaLevels).where(sql`${used} * 100.0 < ${quotaLevels.percent} * ${quota}`),
  }));
}

import { usage } from "../../schema/uploads.ts";
import type { Ctx } from "../core/context.ts";

/** Percent of the quota. */
export const thresholds = { warning: 80, cleanup: 85, critical: 90 };

export type Usage = Record<string, number>;

/** The running totals in bytes by category. */
export async function readUsage(ctx: Ctx): Promise<Usage> {
  const rows = await ctx.deps.db.read((q) => q.select().from(usage));
  return Object.fromEntries(rows.map((row) => [row.category, row.bytes]));
}

export function usedBytes(totals: Usage): number {
  return Object.values(totals).reduce((sum, bytes) => sum + bytes, 0);
}

/** Percent of the quota, to one decimal. */
export function percentOf(ctx: Ctx, bytes: number): number {
  return Math.round((bytes / ctx.deps.config.STORAGE_QUOTA_BYTES) * 1000) / 10;
}

import { eq, sql, type SQL } from "drizzle-orm";
import { backups } from "../../schema/backups.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";

/** How many backups a user key may have, and how many bytes in all. */
export type BackupLimits = { count: number; bytes: number };

/** How much longer than its file a form may be: fields, headers and boundaries. Bytes. */
const FORM_OVERHEAD = 64 * 1024;

export function limitsOf(ctx: Ctx): BackupLimits {
  const { BACKUPS_PER_KEY, BACKUP_BYTES_PER_KEY } = ctx.deps.config;
  return { count: BACKUPS_PER_KEY, bytes: BACKUP_BYTES_PER_KEY };
}

/**
 * Refuses before the bytes are sent what publishing would refuse after it. One round trip.
 * @param size bytes, or an upper bound of them
 * @throws AppError BACKUP_LIMIT_EXCEEDED, BACKUP_QUOTA_EXCEEDED.
 */
export async function checkLimits(ctx: Ctx, userKey: string, size: number): Promise<void> {
  const [held] = await ctx.deps.db.read((q) =>
    q
      .select({ count: sql<number>`count(*)`, bytes: sql<number>`coalesce(sum(${backups.size}), 0)` })
      .from(backups)
      .where(eq(backups.userKey, userKey)),
  );
  const limits = limitsOf(ctx);
  if (held && held.count >= limits.count) {
    throw new AppError("BACKUP_LIMIT_EXCEEDED", { limit: limits.count });
  }
  if (held && held.bytes + size > limits.bytes + FORM_OVERHEAD) {
    throw new AppError("BACKUP_QUOTA_EXCEEDED", { limit: limits.bytes });
  }
}

/** Whether a key may have one more backup, at the moment of the statement. */
export function hasPlace(userKey: string, limits: BackupLimits): SQL {
  return sql`(SELECT count(*) FROM ${backups} WHERE ${backups.userKey} = ${userKey}) < ${limits.count}`;
}

/** Whether a key has room for so many bytes, at the moment of the statement. */
export function hasRoom(userKey: string, size: number, limits: BackupLimits): SQL {
  const held = sql`SELECT coalesce(sum(${backups.size}), 0) FROM ${backups} WHERE ${backups.userKey} = ${userKey}`;
  return sql`(${held}) + ${size} <= ${limits.bytes}`;
}

import { count, desc, eq } from "drizzle-orm";
import { backups } from "../../schema/backups.ts";
import { blobs } from "../../schema/uploads.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { offsetOf, pageOf, type Page, type Paging } from "../core/http/paging.ts";
import { backupColumns, backupOf, type Backup } from "./backups.ts";

/** A page of the backups of all user keys, the newest first; for administrators. */
export async function searchBackups(
  ctx: Ctx,
  filter: Paging & { backup_type?: Backup["backup_type"] | undefined },
): Promise<Page<Backup>> {
  requireAdmin(ctx);
  const isFound = filter.backup_type === undefined ? undefined : eq(backups.backupType, filter.backup_type);
  const { rows, totals } = await ctx.deps.db.readBatch((q) => ({
    rows: q
      .select(backupColumns)
      .from(backups)
      .innerJoin(blobs, eq(blobs.id, backups.blobId))
      .where(isFound)
      .orderBy(desc(backups.id))
      .limit(filter.page_size)
      .offset(offsetOf(filter)),
    totals: q.select({ total: count() }).from(backups).where(isFound),
  }));
  return pageOf(rows.map(backupOf), totals[0]?.total ?? 0, filter);
}

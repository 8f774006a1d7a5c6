import { sql } from "drizzle-orm";
import { audit } from "../../schema/core.ts";
import { packages } from "../../schema/packages.ts";
import { requireScope } from "../accounts/api-keys/api-keys.ts";
import { actorName, type Ctx } from "../core/context.ts";
import { releasesChanged } from "../releases/changes.ts";
import type { PackageType } from "../releases/package-names.ts";
import { percentOf, readUsage, thresholds, usedBytes } from "../uploads/usage.ts";

/** Packages deleted in one statement; a larger clean-up takes several. */
const BATCH = 500;

export type CleanedPackage = { id: number; type: PackageType; version: string; size: number };

/**
 * The packages that may go, oldest first: those beyond the newest KEEP_* versions of their type on each platform and arch,
 * yanked ones counted apart. The newest stable version that everyone can reach stays, with every package that leads to it.
 */
function expendable(ctx: Ctx, goalBytes: number) {
  const { KEEP_FULL, KEEP_PATCH, KEEP_HOTFIX } = ctx.deps.config;
  return sql`
    SELECT id, type, size, version_id, created_at FROM (
      SELECT *, sum(size) OVER (ORDER BY created_at, id) - size AS freed_before FROM (
        SELECT p.*,
          dense_rank() OVER (
            PARTITION BY p.software_id, p.platform, p.arch, p.type, p.yanked_at IS NULL ORDER BY p.order_key DESC
          ) AS position,
          coalesce(
            max(p.order_key) FILTER (WHERE p.channel = 'stable' AND p.yanked_at IS NULL AND p.type = 'full') OVER target,
            max(p.order_key) FILTER (WHERE p.channel = 'stable' AND p.yanked_at IS NULL) OVER target
          ) AS newest
        FROM packages p WINDOW target AS (PARTITION BY p.software_id, p.platform, p.arch)
      ) WHERE position > CASE type WHEN 'full' THEN ${KEEP_FULL} WHEN 'patch' THEN ${KEEP_PATCH} ELSE ${KEEP_HOTFIX} END
        AND NOT (channel = 'stable' AND yanked_at IS NULL AND order_key >= newest)
    ) WHERE freed_before < ${goalBytes} ORDER BY created_at, id`;
}

/**
 * Deletes expendable packages, oldest first, until `goalBytes` are freed or nothing is left that may go. Their objects
 * follow after the grace period; the space counts as free at once.
 */
async function deleteExpendable(ctx: Ctx, goalBytes: number): Promise<CleanedPackage[]> {
  const { db, clock, log } = ctx.deps;
  const deleted: CleanedPackage[] = [];
  for (let freed = 0; freed < goalBytes;) {
    const goal = Math.min(goalBytes - freed, Number.MAX_SAFE_INTEGER);
    const found = await db.read((q) =>
      q.all<CleanedPackage>(
        sql`SELECT e.id, e.type, v.version, e.size FROM (${expendable(ctx, goal)}) e JOIN versions v ON v.id = e.version_id
          ORDER BY e.created_at, e.id LIMIT ${BATCH}`,
      ),
    );
    if (found.length === 0) break;
    const ids = JSON.stringify(found.map((row) => row.id));
    const detail = { packages: found };
    await db.write((q) => [
      q.delete(packages).where(sql`${packages.id} IN (SELECT value FROM json_each(${ids}))`),
      q.insert(audit).values({
        at: clock(),
        actor: actorName(ctx.actor),
        action: "storage.cleanup",
        target: "packages",
        detail,
      }),
    ]);
    deleted.push(...found);
    freed += found.reduce((sum, row) => sum + row.size, 0);
  }
  if (deleted.length > 0) {
    releasesChanged(ctx);
    log.info("storage cleaned up", { packages: deleted.length });
  }
  return deleted;
}

/** Makes room for an upload that the quota refused; deletes nothing where that would not be enough. */
export async function makeRoom(ctx: Ctx, bytes: number): Promise<boolean> {
  const used = usedBytes(await readUsage(ctx));
  const goal = used + bytes - ctx.deps.config.STORAGE_QUOTA_BYTES;
  if (goal <= 0) return true;
  const everything = expendable(ctx, Number.MAX_SAFE_INTEGER);
  const [found] = await ctx.deps.db.read((q) =>
    q.all<{ bytes: number }>(sql`SELECT coalesce(sum(size), 0) AS bytes FROM (${everything})`),
  );
  if ((found?.bytes ?? 0) < goal) return false;
  await deleteExpendable(ctx, goal);
  return true;
}

/** Cleanup by itself: past the cleanup threshold, down to the warning threshold. */
export async function cleanUpWhenFull(ctx: Ctx): Promise<void> {
  const quota = ctx.deps.config.STORAGE_QUOTA_BYTES;
  const used = usedBytes(await readUsage(ctx));
  if (used < (quota * thresholds.cleanup) / 100) return;
  const deleted = await deleteExpendable(ctx, used - (quota * thresholds.warning) / 100);
  if (deleted.length === 0) {
    ctx.deps.log.warn("storage is past its threshold and nothing may be deleted", {
      used_bytes: used,
      quota_bytes: quota,
    });
  }
}

/** Contract 1's manual cleanup: deletes everything beyond what KEEP_* says, whatever the usage. */
export async function cleanUpStorage(ctx: Ctx) {
  requireScope(ctx.actor, "storage:admin");
  const before = usedBytes(await readUsage(ctx));
  const deleted = await deleteExpendable(ctx, Infinity);
  const after = usedBytes(await readUsage(ctx));
  return {
    success: true,
    space_freed: Math.max(0, before - after),
    packages_deleted: deleted.length,
    before_usage: percentOf(ctx, before),
    after_usage: percentOf(ctx, after),
    deleted_packages: deleted,
  };
}

import { sql } from "drizzle-orm";
import { packages } from "../../../schema/packages.ts";
import { requireScope } from "../../accounts/api-keys/api-keys.ts";
import { recordAudit } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import { message } from "../../core/locale/locale.ts";
import { releasesChanged } from "../../releases/changes.ts";
import { percentOf, readUsage, thresholds, usedBytes } from "../../uploads/usage.ts";
import { linksOf, type LinkRow } from "../../updates/links.ts";
import { neededPackages, type StoredLink } from "../../updates/planner/needed-packages.ts";
import {
  selectExpendable,
  selectKept,
  selectPlannedTargets,
  selectStored,
  sumExpendable,
  type CleanupRules,
  type ExpendablePackage,
  type StoredRow,
} from "./expendable-packages.sql.ts";

/** Packages deleted in one statement; a larger clean-up takes several. */
const DELETED_AT_ONCE = 500;

/**
 * Cleanup by hand keeps packages younger than this, so that somebody can look at today's release before it goes.
 * Milliseconds.
 */
const YOUNG_MS = 24 * 3_600_000;

/** How many kept packages an answer names, the newest first; far more than one software has. */
const MAX_KEPT_NAMED = 1000;

/** The rules where room is needed: packages beyond KEEP_* may go, however young they are. */
const whenNeeded = (ctx: Ctx) => rulesOf(ctx, Number.MAX_SAFE_INTEGER);

/** How many targets are read in one round trip. */
const TARGETS_AT_ONCE = 10;

/** The rules for packages that were published before a moment. Those that devices need on their way are kept. */
async function rulesOf(ctx: Ctx, publishedBefore: number): Promise<CleanupRules> {
  const { config, db } = ctx.deps;
  const rules = { config, publishedBefore };
  const targets = await db.read((q) => selectPlannedTargets(q, rules));
  const [gates, chains]: [number[], number[]] = [[], []];
  for (let from = 0; from < targets.length; from += TARGETS_AT_ONCE) {
    const page = targets.slice(from, from + TARGETS_AT_ONCE);
    const { stored } = await db.readBatch((q) => ({
      stored: page.map((target) => selectStored(q, rules, target)),
    }));
    for (const [row] of stored as { packages: string }[][]) {
      const rows = JSON.parse(row?.packages ?? "[]") as StoredRow[];
      const needed = neededPackages(storedLinks(rows), config.PLAN_STEP_COST_BYTES);
      gates.push(...needed.gates);
      chains.push(...needed.chains);
    }
  }
  return { ...rules, gates, chains };
}

/** The fields of a stored row behind those of its link. */
const STORED_FLAGS = 5;
type StoredFlags = [channel: string, yanked: number, kept: number, watershed: number, limited: number];

function storedLinks(rows: readonly StoredRow[]): StoredLink[] {
  const links = linksOf(rows.map((row) => row.slice(0, -STORED_FLAGS) as LinkRow));
  return rows.flatMap((row, index) => {
    const [channel, yanked, kept, watershed, limited] = row.slice(-STORED_FLAGS) as StoredFlags;
    const link = links[index];
    const flags = {
      isYanked: yanked === 1,
      isKept: kept === 1,
      isWatershed: watershed === 1,
      isLimited: limited === 1,
    };
    return link ? [Object.assign(link, { channel }, flags)] : [];
  });
}

/**
 * Deletes expendable packages, oldest first, until `goalBytes` are freed or none is left that may go. Their objects are
 * deleted later, but their space counts as free at once.
 */
async function deleteExpendable(
  ctx: Ctx,
  rules: CleanupRules,
  goalBytes: number,
): Promise<ExpendablePackage[]> {
  const { db, log } = ctx.deps;
  const deleted: ExpendablePackage[] = [];
  for (let freed = 0; freed < goalBytes;) {
    const goal = Math.min(goalBytes - freed, Number.MAX_SAFE_INTEGER);
    const found = await db.read((q) => selectExpendable(q, rules, goal, DELETED_AT_ONCE));
    if (found.length === 0) break;
    const ids = JSON.stringify(found.map((row) => row.id));
    await db.write((q) => ({
      deleted: q.delete(packages).where(sql`${packages.id} IN (SELECT value FROM json_each(${ids}))`),
      audit: recordAudit(ctx, q, {
        action: "storage.cleanup",
        target: "packages",
        detail: { packages: found },
      }),
    }));
    deleted.push(...found);
    freed += found.reduce((sum, row) => sum + row.size, 0);
  }
  if (deleted.length > 0) {
    releasesChanged(ctx);
    log.info("storage cleaned up", { packages: deleted.length });
  }
  return deleted;
}

/** Makes room for an upload that the quota refused. Deletes nothing where that would not be enough. */
export async function makeRoom(ctx: Ctx, bytes: number): Promise<boolean> {
  const used = usedBytes(await readUsage(ctx));
  const goal = used + bytes - ctx.deps.config.STORAGE_QUOTA_BYTES;
  if (goal <= 0) return true;
  const rules = await whenNeeded(ctx);
  const [expendable] = await ctx.deps.db.read((q) => sumExpendable(q, rules));
  if ((expendable?.bytes ?? 0) < goal) return false;
  await deleteExpendable(ctx, rules, goal);
  return true;
}

/**
 * The job's cleanup: when usage is past the cleanup threshold, it deletes packages until usage is down to the warning
 * threshold.
 */
export async function cleanUpWhenFull(ctx: Ctx): Promise<void> {
  const quota = ctx.deps.config.STORAGE_QUOTA_BYTES;
  const used = usedBytes(await readUsage(ctx));
  if (used < (quota * thresholds.cleanup) / 100) return;
  const deleted = await deleteExpendable(
    ctx,
    await whenNeeded(ctx),
    used - (quota * thresholds.warning) / 100,
  );
  if (deleted.length === 0) {
    ctx.deps.log.warn("storage is past its threshold and nothing may be deleted", {
      used_bytes: used,
      quota_bytes: quota,
    });
  }
}

/** Packages that one dry run names, the oldest first. */
const MAX_EXPENDABLE_NAMED = 10_000;

/**
 * Cleanup by hand: deletes packages that are beyond KEEP_* and older than a day, whatever the usage.
 * @param isDry nothing is deleted
 * @returns what was deleted, or would be; what was kept, and why
 */
export async function cleanUpStorage(ctx: Ctx, isDry = false) {
  requireScope(ctx.actor, "storage:admin");
  const before = usedBytes(await readUsage(ctx));
  const { clock, db } = ctx.deps;
  const rules = await rulesOf(ctx, clock() - YOUNG_MS);
  const deleted = isDry
    ? await db.read((q) => selectExpendable(q, rules, Number.MAX_SAFE_INTEGER, MAX_EXPENDABLE_NAMED))
    : await deleteExpendable(ctx, rules, Infinity);
  const after = isDry
    ? before - deleted.reduce((sum, { size }) => sum + size, 0)
    : usedBytes(await readUsage(ctx));
  const kept = await db.read((q) => selectKept(q, rules, MAX_KEPT_NAMED));
  return {
    success: true,
    space_freed: Math.max(0, before - after),
    packages_deleted: deleted.length,
    before_usage: percentOf(ctx, before),
    after_usage: percentOf(ctx, after),
    deleted_packages: deleted,
    packages_kept: kept[0]?.total ?? 0,
    kept_packages: kept.map(({ total: _total, ...one }) =>
      Object.assign(one, { explanation: message(ctx.locale, `storage.kept.${one.reason}`) }),
    ),
  };
}

import { desc, eq, sql } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { software, versions } from "../../schema/releases.ts";
import { audited } from "../core/audit.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { refusals } from "../core/database/refusals.ts";
import { AppError } from "../core/errors.ts";
import { releasesChanged } from "../releases/changes.ts";
import { passLatestOn, unsetLatest } from "../releases/latest.ts";
import { softwareByAkey } from "../releases/software.ts";
import { insertVersion, renameVersion } from "../releases/versions.ts";
import { offsetOf, type Paging } from "./schemas.ts";
import { versionCount } from "./version-count.sql.ts";

export type VersionSummary = {
  vkey: string;
  version: string;
  description: string;
  is_latest: boolean;
  /** ISO 8601. */
  created_at: string;
};

/** With what decides who is offered it. */
type ListedVersion = VersionSummary & {
  is_critical: boolean;
  is_watershed: boolean;
  min_update_from: string | null;
};

const versionRefusals = refusals({
  "versions.software_id": "SOFTWARE_NOT_FOUND",
  "versions.software_id, versions.version": "VERSION_EXISTS",
  "versions.software_id, versions.order_key": "VERSION_EXISTS",
  "versions.is_latest": "VERSION_WITHDRAWN",
  "versions.version": "VERSION_IN_USE",
});

/** A version whose packages are all withdrawn cannot be the latest. */
const ifOffered = sql<boolean>`CASE WHEN NOT ${versions.isWithdrawn} THEN 1 END`;

/** The text of a version is part of its packages' file names, so it cannot change. */
const hasPackages = sql`EXISTS (SELECT 1 FROM ${packages} WHERE ${packages.versionId} = ${versions.id})`;

/** Publishes a version that has no packages yet. @throws AppError SOFTWARE_NOT_FOUND, VERSION_EXISTS. */
export async function createVersion(
  ctx: Ctx,
  akey: string,
  input: { version: string; description: string; is_latest?: boolean | undefined },
): Promise<VersionSummary & { akey: string }> {
  requireAdmin(ctx);
  const { version, description, is_latest: isLatest } = input;
  const now = ctx.deps.clock();
  const entry = { action: "version.create", target: akey, detail: input };
  const { created } = await ctx.deps.db.write((q) => {
    const { unset, insert } = insertVersion(q, softwareByAkey(akey), { version, description, isLatest }, now);
    return { unset, created: audited(ctx, q, insert, entry) };
  }, versionRefusals);
  const [row] = created.change;
  if (!row) throw new Error("a version was inserted and not returned");
  releasesChanged(ctx);
  const { vkey, ...rest } = summarize(row);
  return { vkey, akey, ...rest };
}

/** A page of a software's versions, the newest first. @throws AppError SOFTWARE_NOT_FOUND. */
export async function listVersions(
  ctx: Ctx,
  akey: string,
  paging: Paging,
): Promise<{ total: number; list: ListedVersion[] }> {
  requireAdmin(ctx);
  const { totals, rows } = await ctx.deps.db.readBatch((q) => ({
    totals: q.select({ total: versionCount }).from(software).where(eq(software.akey, akey)),
    rows: q
      .select()
      .from(versions)
      .where(eq(versions.softwareId, softwareByAkey(akey)))
      .orderBy(desc(versions.createdAt), sql`rowid DESC`)
      .limit(paging.size)
      .offset(offsetOf(paging)),
  }));
  if (!totals[0]) throw new AppError("SOFTWARE_NOT_FOUND");
  return { total: totals[0].total, list: rows.map(listed) };
}

/**
 * Changes a version. A version that shall no longer be the latest is replaced by the highest other one, unless it is the
 * only one.
 * @throws AppError VKEY_NOT_FOUND, VERSION_EXISTS; VERSION_IN_USE where another number is given and there are packages;
 *   VERSION_WITHDRAWN where it shall be the latest and all its packages are withdrawn.
 */
export async function updateVersion(
  ctx: Ctx,
  vkey: string,
  input: { version?: string | undefined; description?: string | undefined; is_latest?: boolean | undefined },
): Promise<void> {
  requireAdmin(ctx);
  const { version, description, is_latest: isLatest } = input;
  const itsSoftware = sql`(SELECT ${versions.softwareId} FROM ${versions} WHERE ${versions.vkey} = ${vkey})`;
  const { updated } = await ctx.deps.db.write((q) => {
    const change = q
      .update(versions)
      .set({
        ...(version !== undefined && renameVersion(version, hasPackages)),
        description: description ?? sql`${versions.description}`,
      })
      .where(eq(versions.vkey, vkey))
      .returning({ id: versions.id });
    return {
      updated: audited(ctx, q, change, { action: "version.update", target: vkey, detail: input }),
      passedOn: isLatest === false ? passLatestOn(q, vkey) : undefined,
      unset: isLatest === true ? unsetLatest(q, itsSoftware) : undefined,
      set:
        isLatest === true
          ? q.update(versions).set({ isLatest: ifOffered }).where(eq(versions.vkey, vkey))
          : undefined,
    };
  }, versionRefusals);
  if (updated.change.length === 0) throw new AppError("VKEY_NOT_FOUND");
  releasesChanged(ctx);
}

/** Deletes a version with its packages; the highest of the others becomes the latest. @throws AppError VKEY_NOT_FOUND. */
export async function deleteVersion(ctx: Ctx, vkey: string): Promise<void> {
  requireAdmin(ctx);
  const { deleted } = await ctx.deps.db.write((q) => {
    const change = q.delete(versions).where(eq(versions.vkey, vkey)).returning({ id: versions.id });
    return {
      passedOn: passLatestOn(q, vkey),
      deleted: audited(ctx, q, change, { action: "version.delete", target: vkey }),
    };
  });
  if (deleted.change.length === 0) throw new AppError("VKEY_NOT_FOUND");
  releasesChanged(ctx);
}

function listed(row: typeof versions.$inferSelect): ListedVersion {
  const { isCritical, isWatershed, minUpdateFrom } = row;
  return {
    ...summarize(row),
    is_critical: isCritical,
    is_watershed: isWatershed,
    min_update_from: minUpdateFrom,
  };
}

function summarize(row: typeof versions.$inferSelect): VersionSummary {
  return {
    vkey: row.vkey,
    version: row.version,
    description: row.description,
    is_latest: row.isLatest,
    created_at: new Date(row.createdAt).toISOString(),
  };
}

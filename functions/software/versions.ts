import { desc, eq, sql } from "drizzle-orm";
import { audit } from "../../schema/core.ts";
import { software, versions } from "../../schema/releases.ts";
import { auditChange } from "../core/audit.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { releasesChanged } from "../releases/changes.ts";
import { handOver, stepDown } from "../releases/latest.ts";
import { softwareByAkey } from "../releases/software.ts";
import { insertVersion, renameVersion } from "../releases/versions.ts";
import { refusing } from "./refusals.ts";
import { offsetOf, type Paging } from "./schemas.ts";

export type VersionSummary = {
  vkey: string;
  version: string;
  description: string;
  is_latest: boolean;
  /** ISO 8601. */
  created_at: string;
};

/**
 * Publishes a version, without packages as yet.
 * @throws AppError SOFTWARE_NOT_FOUND, VERSION_EXISTS.
 */
export async function createVersion(
  ctx: Ctx,
  akey: string,
  input: { version: string; description: string; is_latest?: boolean | undefined },
): Promise<VersionSummary & { akey: string }> {
  requireAdmin(ctx);
  const { version, description, is_latest: isLatest } = input;
  const now = ctx.deps.clock();
  const [, rows] = await refusing(
    ctx.deps.db.write((q) => [
      ...insertVersion(q, softwareByAkey(akey), { version, description, isLatest }, now),
      q.insert(audit).select(auditChange(ctx, "version.create", akey, input)),
    ]),
  );
  const [row] = rows;
  if (!row) throw new Error("a version was inserted and not returned");
  releasesChanged(ctx);
  const { vkey, ...rest } = summary(row);
  return { vkey, akey, ...rest };
}

/** A page of a software's versions, the newest first. @throws AppError SOFTWARE_NOT_FOUND. */
export async function listVersions(
  ctx: Ctx,
  akey: string,
  paging: Paging,
): Promise<{ total: number; list: VersionSummary[] }> {
  requireAdmin(ctx);
  const [totals, rows] = await ctx.deps.db.read((q) =>
    q.batch([
      q
        .select({ total: sql<number>`(SELECT count(*) FROM versions WHERE software_id = software.id)` })
        .from(software)
        .where(eq(software.akey, akey)),
      q
        .select()
        .from(versions)
        .where(eq(versions.softwareId, softwareByAkey(akey)))
        .orderBy(desc(versions.createdAt), sql`rowid DESC`)
        .limit(paging.size)
        .offset(offsetOf(paging)),
    ]),
  );
  if (!totals[0]) throw new AppError("SOFTWARE_NOT_FOUND");
  return { total: totals[0].total, list: rows.map(summary) };
}

/**
 * Changes a version. One that is no longer to be the latest hands this over, unless it is the only one.
 * @throws AppError VKEY_NOT_FOUND, VERSION_EXISTS; VERSION_IN_USE for another number where there are packages.
 */
export async function updateVersion(
  ctx: Ctx,
  vkey: string,
  input: { version?: string | undefined; description?: string | undefined; is_latest?: boolean | undefined },
): Promise<void> {
  requireAdmin(ctx);
  const { version, description, is_latest: isLatest } = input;
  const itsSoftware = sql`(SELECT software_id FROM versions WHERE vkey = ${vkey})`;
  const results = await refusing(
    ctx.deps.db.write((q) => [
      q
        .update(versions)
        .set({
          ...(version !== undefined && renameVersion(version)),
          description: description ?? sql`description`,
        })
        .where(eq(versions.vkey, vkey))
        .returning({ id: versions.id }),
      q.insert(audit).select(auditChange(ctx, "version.update", vkey, input)),
      ...(isLatest === false ? handOver(q, vkey) : []),
      ...(isLatest === true
        ? [
            stepDown(q, itsSoftware),
            q.update(versions).set({ isLatest: true }).where(eq(versions.vkey, vkey)),
          ]
        : []),
    ]),
  );
  if (results[0].length === 0) throw new AppError("VKEY_NOT_FOUND");
  releasesChanged(ctx);
}

/** Deletes a version with its packages; the highest of the others becomes the latest. @throws AppError VKEY_NOT_FOUND. */
export async function deleteVersion(ctx: Ctx, vkey: string): Promise<void> {
  requireAdmin(ctx);
  const [, , rows] = await ctx.deps.db.write((q) => [
    ...handOver(q, vkey),
    q.delete(versions).where(eq(versions.vkey, vkey)).returning({ id: versions.id }),
    q.insert(audit).select(auditChange(ctx, "version.delete", vkey)),
  ]);
  if (rows.length === 0) throw new AppError("VKEY_NOT_FOUND");
  releasesChanged(ctx);
}

function summary(row: typeof versions.$inferSelect): VersionSummary {
  return {
    vkey: row.vkey,
    version: row.version,
    description: row.description,
    is_latest: row.isLatest,
    created_at: new Date(row.createdAt).toISOString(),
  };
}

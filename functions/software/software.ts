import { desc, eq, sql } from "drizzle-orm";
import { audit } from "../../schema/core.ts";
import { software } from "../../schema/releases.ts";
import { auditChange, auditNew } from "../core/audit.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { newId } from "../kit/ids.ts";
import { releasesChanged } from "../releases/changes.ts";
import { nameKey } from "../releases/names.ts";
import { insertSoftware } from "../releases/software.ts";
import { refusing } from "./refusals.ts";
import { offsetOf, type Paging } from "./schemas.ts";

export type SoftwareSummary = {
  akey: string;
  name: string;
  description: string;
  /** ISO 8601. */
  created_at: string;
};

/** @throws AppError SOFTWARE_EXISTS where the name, in any case, is taken. */
export async function createSoftware(
  ctx: Ctx,
  input: { name: string; description: string },
): Promise<SoftwareSummary> {
  requireAdmin(ctx);
  const { db, clock } = ctx.deps;
  const now = clock();
  const akey = newId("soft", now);
  await refusing(
    db.write((q) => [
      insertSoftware(q, { akey, ...input }, now),
      q.insert(audit).values(auditNew(ctx, "software.create", akey, input)),
    ]),
  );
  return { akey, ...input, created_at: new Date(now).toISOString() };
}

/** A page of all software, the newest first. */
export async function listSoftware(
  ctx: Ctx,
  paging: Paging,
): Promise<{ total: number; list: (SoftwareSummary & { version_count: number })[] }> {
  requireAdmin(ctx);
  const [totals, rows] = await ctx.deps.db.read((q) =>
    q.batch([
      q.select({ total: sql<number>`count(*)` }).from(software),
      q
        .select({
          akey: software.akey,
          name: software.name,
          description: software.description,
          createdAt: software.createdAt,
          versionCount: sql<number>`(SELECT count(*) FROM versions WHERE software_id = software.id)`,
        })
        .from(software)
        .orderBy(desc(software.createdAt), sql`rowid DESC`)
        .limit(paging.size)
        .offset(offsetOf(paging)),
    ]),
  );
  const list = rows.map(({ akey, name, description, createdAt, versionCount }) => ({
    akey,
    name,
    description,
    created_at: new Date(createdAt).toISOString(),
    version_count: versionCount,
  }));
  return { total: totals[0]?.total ?? 0, list };
}

/** Renames or describes software; its akey and slug stay. @throws AppError SOFTWARE_NOT_FOUND, SOFTWARE_EXISTS. */
export async function updateSoftware(
  ctx: Ctx,
  akey: string,
  input: { name?: string | undefined; description?: string | undefined },
): Promise<void> {
  requireAdmin(ctx);
  const { name, description } = input;
  const [rows] = await refusing(
    ctx.deps.db.write((q) => [
      q
        .update(software)
        .set({
          name: name ?? sql`name`,
          nameKey: name === undefined ? sql`name_key` : nameKey(name),
          description: description ?? sql`description`,
        })
        .where(eq(software.akey, akey))
        .returning({ id: software.id }),
      q.insert(audit).select(auditChange(ctx, "software.update", akey, input)),
    ]),
  );
  if (rows.length === 0) throw new AppError("SOFTWARE_NOT_FOUND");
}

/** Deletes software with its versions and packages; their objects follow by garbage collection. @throws AppError SOFTWARE_NOT_FOUND. */
export async function deleteSoftware(ctx: Ctx, akey: string): Promise<void> {
  requireAdmin(ctx);
  const [rows] = await ctx.deps.db.write((q) => [
    q.delete(software).where(eq(software.akey, akey)).returning({ name: software.name }),
    q.insert(audit).select(auditChange(ctx, "software.delete", akey)),
  ]);
  if (rows.length === 0) throw new AppError("SOFTWARE_NOT_FOUND");
  releasesChanged(ctx);
}

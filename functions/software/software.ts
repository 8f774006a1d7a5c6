import { desc, eq, sql } from "drizzle-orm";
import { software } from "../../schema/releases.ts";
import { audited } from "../core/audit.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { refusals } from "../core/database/refusals.ts";
import { AppError } from "../core/errors.ts";
import { newId } from "../kit/ids.ts";
import { releasesChanged } from "../releases/changes.ts";
import { nameKey } from "../releases/names.ts";
import { insertSoftware, type Visibility } from "../releases/software.ts";
import { offsetOf, type Paging } from "./schemas.ts";
import { versionCount } from "./version-count.sql.ts";

export type SoftwareSummary = {
  akey: string;
  name: string;
  description: string;
  visibility: Visibility;
  /** ISO 8601. */
  created_at: string;
};

const takenNames = refusals({ "software.name_key": "SOFTWARE_EXISTS" });

/** @throws AppError SOFTWARE_EXISTS where the name, in any case, is taken. */
export async function createSoftware(
  ctx: Ctx,
  input: { name: string; description: string; visibility?: Visibility | undefined },
): Promise<SoftwareSummary> {
  requireAdmin(ctx);
  const { db, clock } = ctx.deps;
  const now = clock();
  const akey = newId("soft", now);
  const { name, description, visibility = "public" } = input;
  const made = { akey, name, description, visibility };
  const entry = { action: "software.create", target: akey, detail: input };
  await db.write((q) => audited(ctx, q, insertSoftware(q, made, now), entry), takenNames);
  return { ...made, created_at: new Date(now).toISOString() };
}

/** A page of all software, the newest first. */
export async function listSoftware(
  ctx: Ctx,
  paging: Paging,
): Promise<{ total: number; list: (SoftwareSummary & { version_count: number })[] }> {
  requireAdmin(ctx);
  const { totals, rows } = await ctx.deps.db.readBatch((q) => ({
    totals: q.select({ total: sql<number>`count(*)` }).from(software),
    rows: q
      .select({
        akey: software.akey,
        name: software.name,
        description: software.description,
        visibility: software.visibility,
        createdAt: software.createdAt,
        versionCount,
      })
      .from(software)
      .orderBy(desc(software.createdAt), sql`rowid DESC`)
      .limit(paging.size)
      .offset(offsetOf(paging)),
  }));
  const list = rows.map(({ akey, name, description, visibility, createdAt, versionCount }) => ({
    akey,
    name,
    description,
    visibility,
    created_at: new Date(createdAt).toISOString(),
    version_count: versionCount,
  }));
  return { total: totals[0]?.total ?? 0, list };
}

/** Renames or describes software, or changes who may see it; its akey and slug stay. @throws AppError SOFTWARE_NOT_FOUND, SOFTWARE_EXISTS. */
export async function updateSoftware(
  ctx: Ctx,
  akey: string,
  input: { name?: string | undefined; description?: string | undefined; visibility?: Visibility | undefined },
): Promise<void> {
  requireAdmin(ctx);
  const { name, description, visibility } = input;
  const updated = await ctx.deps.db.write((q) => {
    const change = q
      .update(software)
      .set({
        name: name ?? sql`${software.name}`,
        nameKey: name === undefined ? sql`${software.nameKey}` : nameKey(name),
        description: description ?? sql`${software.description}`,
        visibility: visibility ?? sql`${software.visibility}`,
      })
      .where(eq(software.akey, akey))
      .returning({ id: software.id });
    return audited(ctx, q, change, { action: "software.update", target: akey, detail: input });
  }, takenNames);
  if (updated.change.length === 0) throw new AppError("SOFTWARE_NOT_FOUND");
  releasesChanged(ctx);
}

/** Deletes software with its versions and packages; their objects follow by garbage collection. @throws AppError SOFTWARE_NOT_FOUND. */
export async function deleteSoftware(ctx: Ctx, akey: string): Promise<void> {
  requireAdmin(ctx);
  const deleted = await ctx.deps.db.write((q) => {
    const change = q.delete(software).where(eq(software.akey, akey)).returning({ name: software.name });
    return audited(ctx, q, change, { action: "software.delete", target: akey });
  });
  if (deleted.change.length === 0) throw new AppError("SOFTWARE_NOT_FOUND");
  releasesChanged(ctx);
}

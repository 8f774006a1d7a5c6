import { sql, type SQL } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { requireScope } from "../accounts/api-keys/api-keys.ts";
import { audited } from "../core/audit.ts";
import type { Ctx } from "../core/context.ts";
import type { Query, Statement } from "../core/database/database.ts";
import { releasesChanged } from "../releases/changes.ts";
import { tellOfYanks } from "./releases/package-events.ts";
import { fileNameOf, ownPackage, whyNotOwn } from "./package-places.ts";

/** Withdraws a package from version checks; its download link goes on working. @throws AppError PACKAGE_NOT_FOUND, INSUFFICIENT_SCOPE. */
export function yankPackage(ctx: Ctx, id: number): Promise<void> {
  const yankedAt = sql<number>`coalesce(${packages.yankedAt}, ${ctx.deps.clock()})`;
  return changeYank(ctx, id, "package.yank", yankedAt, (q) => tellOfYanks(ctx, q, ownPackage(ctx.actor, id)));
}

/** Offers a yanked package again. @throws AppError PACKAGE_NOT_FOUND, INSUFFICIENT_SCOPE. */
export function unyankPackage(ctx: Ctx, id: number): Promise<void> {
  return changeYank(ctx, id, "package.unyank", null);
}

async function changeYank(
  ctx: Ctx,
  id: number,
  action: string,
  yankedAt: SQL<number> | null,
  tell?: (q: Query) => Statement,
): Promise<void> {
  requireScope(ctx.actor, "packages:write");
  const entry = { action, target: fileNameOf(ctx.actor, id), detail: { package_id: id } };
  const { yank } = await ctx.deps.db.write((q) => {
    const change = q.update(packages).set({ yankedAt }).where(ownPackage(ctx.actor, id));
    return { told: tell?.(q), yank: audited(ctx, q, change.returning({ id: packages.id }), entry) };
  });
  if (yank.change.length === 0) throw await whyNotOwn(ctx, id);
  releasesChanged(ctx);
}

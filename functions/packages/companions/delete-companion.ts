import { and, eq, inArray } from "drizzle-orm";
import { companions, packages, type companionRoles } from "../../../schema/packages.ts";
import { requireScope } from "../../accounts/api-keys/api-keys.ts";
import { audited } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { releasesChanged } from "../../releases/changes.ts";
import { fileNameOf, ownPackage, whyNotOwn } from "../package-places.ts";

/** Deletes a package's companion, so that another one can take its place. @throws AppError COMPANION_NOT_FOUND, INSUFFICIENT_SCOPE. */
export async function deleteCompanion(
  ctx: Ctx,
  id: number,
  role: (typeof companionRoles)[number],
): Promise<void> {
  requireScope(ctx.actor, "packages:write");
  const entry = {
    action: "companion.delete",
    target: fileNameOf(ctx.actor, id),
    detail: { package_id: id, role },
  };
  const { companion } = await ctx.deps.db.write((q) => {
    const own = q.select({ id: packages.id }).from(packages).where(ownPackage(ctx.actor, id));
    const change = q
      .delete(companions)
      .where(and(inArray(companions.packageId, own), eq(companions.role, role)))
      .returning({ id: companions.id });
    return { companion: audited(ctx, q, change, entry) };
  });
  if (companion.change.length > 0) return releasesChanged(ctx);
  const refused = await whyNotOwn(ctx, id);
  throw refused.code === "PACKAGE_NOT_FOUND" ? new AppError("COMPANION_NOT_FOUND") : refused;
}

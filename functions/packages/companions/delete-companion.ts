import { and, eq } from "drizzle-orm";
import { companions, type companionRoles } from "../../../schema/packages.ts";
import { requireScope } from "../../accounts/api-keys/api-keys.ts";
import { audited } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { releasesChanged } from "../../releases/changes.ts";
import { fileNameOf } from "../package-places.ts";

/** Deletes a package's companion, so that another one can take its place. @throws AppError COMPANION_NOT_FOUND. */
export async function deleteCompanion(
  ctx: Ctx,
  id: number,
  role: (typeof companionRoles)[number],
): Promise<void> {
  requireScope(ctx.actor, "packages:write");
  const entry = { action: "companion.delete", target: fileNameOf(id), detail: { package_id: id, role } };
  const { companion } = await ctx.deps.db.write((q) => {
    const change = q
      .delete(companions)
      .where(and(eq(companions.packageId, id), eq(companions.role, role)))
      .returning({ id: companions.id });
    return { companion: audited(ctx, q, change, entry) };
  });
  if (companion.change.length === 0) throw new AppError("COMPANION_NOT_FOUND");
  releasesChanged(ctx);
}

import { sql } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { requireScope } from "../accounts/api-keys/api-keys.ts";
import { audited } from "../core/audit.ts";
import type { Ctx } from "../core/context.ts";
import { releasesChanged } from "../releases/changes.ts";
import { fileNameOf, ownPackage, whyNotOwn } from "./package-places.ts";
import type { UpdaterFacts } from "./updater-facts.ts";

/**
 * Changes what updaters are told of a package, such as its signatures. Fields that are left out stay as they are.
 * @throws AppError PACKAGE_NOT_FOUND, INSUFFICIENT_SCOPE.
 */
export async function updatePackage(ctx: Ctx, id: number, facts: UpdaterFacts): Promise<void> {
  requireScope(ctx.actor, "packages:write");
  const fields = Object.keys(facts);
  const entry = {
    action: "package.update",
    target: fileNameOf(ctx.actor, id),
    detail: { package_id: id, fields },
  };
  const { changed } = await ctx.deps.db.write((q) => {
    const change = q
      .update(packages)
      .set({ id: sql`${packages.id}`, ...facts })
      .where(ownPackage(ctx.actor, id))
      .returning({ id: packages.id });
    return { changed: audited(ctx, q, change, entry) };
  });
  if (changed.change.length === 0) throw await whyNotOwn(ctx, id);
  releasesChanged(ctx);
}

import { eq } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { requireScope } from "../accounts/api-keys/api-keys.ts";
import { recordAudit } from "../core/audit.ts";
import type { Ctx } from "../core/context.ts";
import { refusals } from "../core/database/refusals.ts";
import { releasesChanged } from "../releases/changes.ts";
import { fileNameOf } from "./package-places.ts";

/** An audit row about no package has no target. */
const meanings = refusals({ "audit.target": "PACKAGE_NOT_FOUND" });

/** Deletes a package; its object follows after the grace period. @throws AppError PACKAGE_NOT_FOUND. */
export async function deletePackage(ctx: Ctx, id: number): Promise<void> {
  requireScope(ctx.actor, "packages:write");
  const entry = { action: "package.delete", target: fileNameOf(id), detail: { package_id: id } };
  // The audit row comes first: it has the package's name from the row that is deleted.
  await ctx.deps.db.write(
    (q) => ({
      audit: recordAudit(ctx, q, entry),
      deleted: q.delete(packages).where(eq(packages.id, id)),
    }),
    meanings,
  );
  releasesChanged(ctx);
}

import { packages } from "../../schema/packages.ts";
import { requireScope } from "../accounts/api-keys/api-keys.ts";
import { recordAudit } from "../core/audit.ts";
import type { Ctx } from "../core/context.ts";
import { refusals } from "../core/database/refusals.ts";
import { releasesChanged } from "../releases/changes.ts";
import { fileNameOf, ownPackage, whyNotOwn } from "./package-places.ts";

/** Where there is no such package, the audit row has NULL as its target, which the column refuses. */
const meanings = refusals({ "audit.target": "absent" });

/**
 * Deletes a package. Its object is deleted after the grace period.
 * @throws AppError PACKAGE_NOT_FOUND, INSUFFICIENT_SCOPE.
 */
export async function deletePackage(ctx: Ctx, id: number): Promise<void> {
  const { actor, deps } = ctx;
  requireScope(actor, "packages:write");
  const entry = { action: "package.delete", target: fileNameOf(actor, id), detail: { package_id: id } };
  // The audit row comes first, because it takes the package's name from the row that is deleted.
  const { refused } = await deps.db.tryWrite(
    (q) => ({
      audit: recordAudit(ctx, q, entry),
      deleted: q.delete(packages).where(ownPackage(actor, id)),
    }),
    meanings,
  );
  if (refused) throw await whyNotOwn(ctx, id);
  releasesChanged(ctx);
}

import { requireScope } from "../accounts/api-keys/api-keys.ts";
import { audited } from "../core/audit.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { releasesChanged } from "../releases/changes.ts";
import { slugOf } from "../releases/access.ts";
import { ensureSoftware, updateVisibility, type Visibility } from "../releases/software.ts";

export type SoftwareVisibility = { software: string; akey: string; visibility: Visibility };

/**
 * Makes software private or public; what is named by a slug that there is none of is made first, so that nothing of it is
 * ever seen by others.
 * @param name slug or akey
 * @throws AppError INVALID_API_KEY, INSUFFICIENT_SCOPE, SOFTWARE_NOT_FOUND for an akey of none.
 */
export async function setVisibility(
  ctx: Ctx,
  name: string,
  visibility: Visibility,
): Promise<SoftwareVisibility> {
  const { actor, deps } = ctx;
  requireScope(actor, "packages:write");
  const slug = await slugOf(ctx, name);
  requireScope(actor, "packages:write", slug);
  const { changed } = await deps.db.write((q) => {
    const change = updateVisibility(q, slug, visibility);
    const entry = { action: "software.update", target: slug, detail: { visibility } };
    return {
      made: ensureSoftware(q, slug, deps.clock()),
      changed: audited(ctx, q, change, entry),
    };
  });
  const [row] = changed.change;
  if (!row) throw new AppError("SOFTWARE_NOT_FOUND");
  releasesChanged(ctx);
  return { software: slug, akey: row.akey, visibility };
}

import { sql } from "drizzle-orm";
import { webhookEndpoints as endpoints } from "../../../schema/webhooks.ts";
import { audited } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { OVERLAP_MS, webhookSecret } from "../sending/signatures.ts";
import { ownEndpoints } from "./own-endpoints.ts";

/**
 * Gives an endpoint another secret, shown in this answer. For 24 hours messages are signed with the one before it as well.
 * @throws AppError WEBHOOK_NOT_FOUND, and as `ownEndpoints`.
 */
export async function rotateWebhookSecret(ctx: Ctx, id: string) {
  const chosen = ownEndpoints(ctx, id);
  // The moment is a version that no earlier secret had, without a look at which that was.
  const version = ctx.deps.clock();
  const previousUntil = version + OVERLAP_MS;
  const { rotated } = await ctx.deps.db.write((q) => {
    const change = q
      .update(endpoints)
      .set({
        secretVersion: version,
        previousVersion: sql`${endpoints.secretVersion}`,
        previousUntil,
        updatedAt: version,
      })
      .where(chosen)
      .returning({ id: endpoints.id });
    return { rotated: audited(ctx, q, change, { action: "webhook.rotate_secret", target: id, at: version }) };
  });
  if (rotated.change.length === 0) throw new AppError("WEBHOOK_NOT_FOUND");
  return {
    id,
    secret: webhookSecret(ctx.deps, id, version),
    previous_secret_until: new Date(previousUntil).toISOString(),
  };
}

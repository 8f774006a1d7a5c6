import { sql } from "drizzle-orm";
import { webhookDeliveries as deliveries, webhookEndpoints as endpoints } from "../../../schema/webhooks.ts";
import { audited } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { newId } from "../../kit/ids.ts";
import { ownEndpoints } from "../endpoints/own-endpoints.ts";
import { TEST_EVENT } from "../events/events.ts";
import { payloadOf } from "../events/payload.ts";
import { deliverDue } from "../sending/deliver-due.ts";
import { deliveryColumns, describeDelivery, type Delivery } from "./delivery-views.ts";
import { getDelivery } from "./get-delivery.ts";

/**
 * Sends an endpoint a message of the type `webhook.test`, also one that is disabled.
 * @throws AppError WEBHOOK_NOT_FOUND, and as `ownEndpoints`.
 */
export async function testWebhook(ctx: Ctx, endpointId: string): Promise<Delivery> {
  const chosen = ownEndpoints(ctx, endpointId);
  const now = ctx.deps.clock();
  const [id, event] = [newId("msg", now), newId("evt", now)];
  const payload = payloadOf(TEST_EVENT, now, { webhook_id: endpointId });
  const { rows } = await ctx.deps.db.write((q) => ({
    test: audited(
      ctx,
      q,
      q.insert(deliveries).select(sql`SELECT ${id}, ${endpoints.id}, ${event}, ${TEST_EVENT}, ${payload},
        'pending', 0, 0, ${now}, 0, ${now}, NULL FROM ${endpoints} WHERE ${chosen}`),
      { action: "webhook.test", target: endpointId, at: now },
    ),
    rows: q
      .select(deliveryColumns)
      .from(deliveries)
      .where(sql`${deliveries.id} = ${id}`),
  }));
  const [row] = rows;
  if (!row) throw new AppError("WEBHOOK_NOT_FOUND");
  ctx.later.add(deliverDue);
  return describeDelivery(ctx, row);
}

/**
 * Sends a delivery again, as if it had not been tried yet, and at once where it waits for its next attempt: the same message
 * id and body, with a fresh signature. One that is under way is not sent twice at once.
 * @throws AppError WEBHOOK_NOT_FOUND, DELIVERY_NOT_FOUND, and as `ownEndpoints`.
 */
export async function resendDelivery(ctx: Ctx, endpointId: string, id: string): Promise<Delivery> {
  const chosen = ownEndpoints(ctx, endpointId);
  const now = ctx.deps.clock();
  const { resent, rows } = await ctx.deps.db.write((q) => {
    const isIt = sql`${deliveries.id} = ${id} AND ${deliveries.endpointId} IN
      (SELECT ${endpoints.id} FROM ${endpoints} WHERE ${chosen})`;
    const change = q
      .update(deliveries)
      .set({
        state: "pending",
        failures: 0,
        nextAt: sql`max(${now}, ${deliveries.leaseUntil})`,
        endedAt: null,
      })
      .where(isIt)
      .returning({ id: deliveries.id });
    return {
      resent: audited(ctx, q, change, { action: "webhook.resend", target: id, at: now }),
      rows: q.select(deliveryColumns).from(deliveries).where(isIt),
    };
  });
  const [row] = rows;
  // Says which of the two is not there.
  if (resent.change.length === 0 || !row) return await getDelivery(ctx, endpointId, id);
  ctx.later.add(deliverDue);
  return describeDelivery(ctx, row);
}

import { asc, eq, sql } from "drizzle-orm";
import {
  webhookAttempts as attempts,
  webhookDeliveries as deliveries,
  webhookEndpoints as endpoints,
} from "../../../schema/webhooks.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { ownEndpoints } from "../endpoints/own-endpoints.ts";
import { sayWebhookFault } from "../faults.ts";
import { deliveryColumns, describeDelivery, iso, type Delivery } from "./delivery-views.ts";

/** One attempt: when, how long in milliseconds, and what came back. */
export type DeliveryAttempt = {
  attempt: number;
  at: string;
  duration_ms: number;
  status: number | null;
  fault: string | null;
  answer: string;
};

/** A delivery with the body that is sent and all attempts; one that died is missing among these. */
export type DeliveryDetails = Delivery & { payload: string; tries: DeliveryAttempt[] };

/**
 * A delivery of an endpoint, with its attempts. One round trip.
 * @throws AppError WEBHOOK_NOT_FOUND, DELIVERY_NOT_FOUND, and as `ownEndpoints`.
 */
export async function getDelivery(ctx: Ctx, endpointId: string, id: string): Promise<DeliveryDetails> {
  const chosen = ownEndpoints(ctx, endpointId);
  const { found, rows, tried } = await ctx.deps.db.readBatch((q) => ({
    found: q.select({ id: endpoints.id }).from(endpoints).where(chosen),
    rows: q
      .select({ ...deliveryColumns, payload: deliveries.payload })
      .from(deliveries)
      .where(sql`${deliveries.endpointId} = ${endpointId} AND ${deliveries.id} = ${id}`),
    tried: q.select().from(attempts).where(eq(attempts.deliveryId, id)).orderBy(asc(attempts.attempt)),
  }));
  if (found.length === 0) throw new AppError("WEBHOOK_NOT_FOUND");
  const [row] = rows;
  if (!row) throw new AppError("DELIVERY_NOT_FOUND");
  return {
    ...describeDelivery(ctx, row),
    payload: row.payload,
    tries: tried.map((one) => describeAttempt(ctx, one)),
  };
}

const describeAttempt = (
  ctx: Ctx,
  { attempt, at, ms, status, fault, answer }: typeof attempts.$inferSelect,
) => ({
  attempt,
  at: iso(at),
  duration_ms: ms,
  status,
  fault: sayWebhookFault(ctx, fault),
  answer,
});

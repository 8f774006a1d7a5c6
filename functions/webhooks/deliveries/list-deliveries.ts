import { desc, sql } from "drizzle-orm";
import { webhookDeliveries as deliveries, webhookEndpoints as endpoints } from "../../../schema/webhooks.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { ownEndpoints } from "../endpoints/own-endpoints.ts";
import { deliveryColumns, describeDelivery, type Delivery, type DeliveryState } from "./delivery-views.ts";

/** `before` is the id of the last delivery of the page before this one. */
export type DeliveryFilter = {
  state?: DeliveryState | undefined;
  before?: string | undefined;
  limit: number;
};

/**
 * The deliveries of an endpoint, newest first. One round trip.
 * @returns a page, and the `before` of the next one; null after the last
 * @throws AppError WEBHOOK_NOT_FOUND, and as `ownEndpoints`.
 */
export async function listDeliveries(
  ctx: Ctx,
  endpointId: string,
  { state, before, limit }: DeliveryFilter,
): Promise<{ items: Delivery[]; next: string | null }> {
  const chosen = ownEndpoints(ctx, endpointId);
  const isState = state === undefined ? sql`1` : sql`${deliveries.state} = ${state}`;
  const isFurther = before === undefined ? sql`1` : sql`${deliveries.id} < ${before}`;
  const { found, rows } = await ctx.deps.db.readBatch((q) => ({
    found: q.select({ id: endpoints.id }).from(endpoints).where(chosen),
    rows: q
      .select(deliveryColumns)
      .from(deliveries)
      .where(sql`${deliveries.endpointId} = ${endpointId} AND ${isState} AND ${isFurther}`)
      .orderBy(desc(deliveries.id))
      .limit(limit + 1),
  }));
  if (found.length === 0) throw new AppError("WEBHOOK_NOT_FOUND");
  const items = rows.slice(0, limit).map((row) => describeDelivery(ctx, row));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

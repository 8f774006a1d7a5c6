import { webhookEndpoints as endpoints } from "../../../schema/webhooks.ts";
import { audited } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { checkEventChoice } from "../events/event-choice.ts";
import type { EventType } from "../events/events.ts";
import { giveUpWaiting } from "../sending/record-outcome.ts";
import { getWebhook } from "./list-webhooks.ts";
import { checkWebhookUrl, limitsWithin, ownEndpoints, type Webhook } from "./own-endpoints.ts";

/** What is left out stays; null stands for all events or all software. */
export type WebhookChanges = {
  url?: string | undefined;
  description?: string | undefined;
  events?: EventType[] | null | undefined;
  software?: string[] | null | undefined;
  enabled?: boolean | undefined;
};

/**
 * Changes an endpoint. Disabled, it is told of nothing, and what waits for it is given up. Two round trips, three for akeys.
 * @throws AppError WEBHOOK_NOT_FOUND, VALIDATION_ERROR, and what `ownEndpoints` and `limitsWithin` throw.
 */
export async function updateWebhook(ctx: Ctx, id: string, input: WebhookChanges): Promise<Webhook> {
  const before = await getWebhook(ctx, id);
  const { db, clock } = ctx.deps;
  const now = clock();
  const after = await changed(ctx, before, input);
  const state =
    after.enabled === before.enabled
      ? {}
      : { isEnabled: after.enabled, disabledReason: null, disabledAt: after.enabled ? null : now };
  const entry = { action: "webhook.update", target: id, detail: { fields: Object.keys(input) }, at: now };
  const { update } = await db.write((q) => {
    const { url, description, events, software } = after;
    const change = q
      .update(endpoints)
      .set({ url, description, events, software, ...state, updatedAt: now })
      .where(ownEndpoints(ctx, id))
      .returning({ id: endpoints.id });
    return { update: audited(ctx, q, change, entry), waiting: giveUpWaiting(q, id, now) };
  });
  if (update.change.length === 0) throw new AppError("WEBHOOK_NOT_FOUND");
  return {
    ...after,
    ...(!after.enabled && { pending: 0 }),
    ...("isEnabled" in state && {
      disabled_reason: null,
      disabled_at: after.enabled ? null : new Date(now).toISOString(),
    }),
    updated_at: new Date(now).toISOString(),
  };
}

async function changed(ctx: Ctx, before: Webhook, input: WebhookChanges): Promise<Webhook> {
  const after = {
    ...before,
    ...(input.url !== undefined && { url: checkWebhookUrl(ctx, input.url) }),
    ...(input.description !== undefined && { description: input.description }),
    ...(input.events !== undefined && { events: input.events }),
    ...(input.software !== undefined && { software: await limitsWithin(ctx, input.software) }),
    ...(input.enabled !== undefined && { enabled: input.enabled }),
  };
  checkEventChoice(after.events, after.software);
  return after;
}

/** Deletes an endpoint with its deliveries, at once. @throws AppError WEBHOOK_NOT_FOUND, and as `ownEndpoints`. */
export async function deleteWebhook(ctx: Ctx, id: string): Promise<void> {
  const chosen = ownEndpoints(ctx, id);
  const { deleted } = await ctx.deps.db.write((q) => {
    const change = q.delete(endpoints).where(chosen).returning({ id: endpoints.id });
    return { deleted: audited(ctx, q, change, { action: "webhook.delete", target: id }) };
  });
  if (deleted.change.length === 0) throw new AppError("WEBHOOK_NOT_FOUND");
}

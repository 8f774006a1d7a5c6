import { sql, type SQL } from "drizzle-orm";
import { webhookDeliveries as deliveries, webhookEndpoints as endpoints } from "../../../schema/webhooks.ts";
import { limitsOf, notItsSoftware, requireScope } from "../../accounts/api-keys/api-keys.ts";
import { slugsOf } from "../../accounts/api-keys/software-slugs.ts";
import type { Ctx } from "../../core/context.ts";
import { sayWebhookFault } from "../faults.ts";
import { invalid } from "../../core/http/validation.ts";
import { callableUrl } from "../../core/outbound/addresses.ts";
import type { EventType } from "../events/events.ts";

/** An endpoint as answers show it. */
export type Webhook = {
  id: string;
  url: string;
  description: string;
  events: EventType[] | null;
  software: string[] | null;
  enabled: boolean;
  disabled_reason: string | null;
  disabled_at: string | null;
  previous_secret_until: string | null;
  last_delivered_at: string | null;
  pending: number;
  created_by: string;
  created_at: string;
  updated_at: string;
};

export const endpointColumns = {
  endpoint: endpoints,
  pending: sql<number>`(SELECT count(*) FROM ${deliveries}
    WHERE ${deliveries.endpointId} = ${endpoints.id} AND ${deliveries.state} = 'pending')`,
};

/**
 * The condition on endpoints that the actor may see and change: all of them, or those limited to the software that its key is
 * limited to.
 * @throws AppError INVALID_API_KEY, INSUFFICIENT_SCOPE, ACCESS_DENIED.
 */
export function ownEndpoints({ actor }: Ctx, id?: string): SQL {
  requireScope(actor, "webhooks:admin");
  const isIt = id === undefined ? sql`1` : sql`${endpoints.id} = ${id}`;
  const limits = limitsOf(actor);
  if (!limits) return isIt;
  return sql`${isIt} AND ${endpoints.software} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM json_each(${endpoints.software})
    WHERE value NOT IN (SELECT value FROM json_each(${JSON.stringify(limits)})))`;
}

/**
 * The slugs that an endpoint is to be limited to; null for none. One made with a key that is limited has the key's limits, or
 * fewer.
 * @throws AppError SOFTWARE_NOT_FOUND for an akey of none, INSUFFICIENT_SCOPE for software that the key is not for.
 */
export async function limitsWithin(ctx: Ctx, given: string[] | null | undefined): Promise<string[] | null> {
  const limits = limitsOf(ctx.actor);
  if (!given) return limits ? [...limits] : null;
  const slugs = await slugsOf(ctx, given);
  if (limits && slugs.some((slug) => !limits.includes(slug))) throw notItsSoftware(ctx.actor);
  return slugs;
}

/** @throws AppError VALIDATION_ERROR for an address that must not be called from here. */
export function checkWebhookUrl(ctx: Ctx, given: string): string {
  const url = callableUrl(given, ctx.deps.config.ALLOW_PRIVATE_WEBHOOKS);
  if (!url) throw invalid("url", "webhook.address");
  return url.href;
}

const isoOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString());

export function describeEndpoint(ctx: Ctx, row: typeof endpoints.$inferSelect, pending: number): Webhook {
  const isOverlapping = row.previousUntil !== null && ctx.deps.clock() < row.previousUntil;
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    events: row.events as EventType[] | null,
    software: row.software,
    enabled: row.isEnabled,
    disabled_reason: sayWebhookFault(ctx, row.disabledReason),
    disabled_at: isoOrNull(row.disabledAt),
    previous_secret_until: isOverlapping ? isoOrNull(row.previousUntil) : null,
    last_delivered_at: isoOrNull(row.deliveredAt),
    pending,
    created_by: row.createdBy,
    created_at: new Date(row.createdAt).toISOString(),
    updated_at: new Date(row.updatedAt).toISOString(),
  };
}

import { sql } from "drizzle-orm";
import { webhookEndpoints as endpoints } from "../../../schema/webhooks.ts";
import { audited } from "../../core/audit.ts";
import { actorName, type Ctx } from "../../core/context.ts";
import { refusals } from "../../core/database/refusals.ts";
import { AppError } from "../../core/errors.ts";
import { newId } from "../../kit/ids.ts";
import { checkEventChoice } from "../events/event-choice.ts";
import type { EventType } from "../events/events.ts";
import { webhookSecret } from "../sending/signatures.ts";
import {
  checkWebhookUrl,
  describeEndpoint,
  limitsWithin,
  ownEndpoints,
  type Webhook,
} from "./own-endpoints.ts";

/** Each event is compared with all of them, and a claim looks at all of them. */
const MOST_ENDPOINTS = 50;

const meanings = refusals({ "webhook_endpoints.url": "full" });

export type NewWebhook = {
  url: string;
  description: string;
  events?: EventType[] | undefined;
  software?: string[] | undefined;
};

/**
 * Makes an endpoint; its secret is in this answer. One or two round trips.
 * @throws AppError VALIDATION_ERROR for an address that must not be called or events that never come, TOO_MANY_WEBHOOKS,
 * and what `ownEndpoints` and `limitsWithin` throw.
 */
export async function createWebhook(ctx: Ctx, input: NewWebhook): Promise<Webhook & { secret: string }> {
  ownEndpoints(ctx);
  const { db, clock } = ctx.deps;
  const url = checkWebhookUrl(ctx, input.url);
  const [events, software] = [input.events ?? null, await limitsWithin(ctx, input.software)];
  checkEventChoice(events, software);
  const now = clock();
  const row = {
    id: newId("whk", now),
    url: sql<string>`CASE WHEN (SELECT count(*) FROM ${endpoints}) < ${MOST_ENDPOINTS} THEN ${url} END`,
    description: input.description,
    events,
    software,
    secretVersion: now,
    createdBy: actorName(ctx.actor),
    createdAt: now,
    updatedAt: now,
  };
  // An address may carry a secret of its receiver.
  const detail = { host: new URL(url).host, events, software };
  const entry = { action: "webhook.create", target: row.id, detail, at: now };
  const { done } = await db.tryWrite(
    (q) => ({ created: audited(ctx, q, q.insert(endpoints).values(row).returning(), entry) }),
    meanings,
  );
  if (!done) throw new AppError("TOO_MANY_WEBHOOKS", { limit: MOST_ENDPOINTS });
  const [made] = done.created.change;
  if (!made) throw new Error("an insert without its row");
  return { ...describeEndpoint(ctx, made, 0), secret: webhookSecret(ctx.deps, made.id, now) };
}

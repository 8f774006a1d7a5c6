import { sql } from "drizzle-orm";
import {
  webhookAttempts as attempts,
  webhookDeliveries as deliveries,
  type deliveryStates,
} from "../../../schema/webhooks.ts";
import type { Ctx } from "../../core/context.ts";
import { sayWebhookFault } from "../faults.ts";

export type DeliveryState = (typeof deliveryStates)[number];

/** A delivery as lists show it. */
export type Delivery = {
  id: string;
  event_id: string;
  type: string;
  /** Software or plugin with its version, a task's title, a server's name. */
  subject: string | null;
  state: DeliveryState;
  attempts: number;
  next_attempt_at: string | null;
  created_at: string;
  ended_at: string | null;
  last_status: number | null;
  last_fault: string | null;
};

const told = (name: string) => sql`json_extract(${deliveries.payload}, ${`$.data.${name}`})`;
const subject = sql<string | null>`nullif(trim(
  coalesce(${told("software")}, ${told("plugin")}, ${told("title")}, ${told("name")}, '')
  || ' ' || coalesce(${told("version")}, '')), '')`;

const ofLast = (column: typeof attempts.status | typeof attempts.fault) =>
  sql`(SELECT ${column} FROM ${attempts} WHERE ${attempts.deliveryId} = ${deliveries.id}
    ORDER BY ${attempts.attempt} DESC LIMIT 1)`;

/** Of each delivery, also how its last attempt ended. */
export const deliveryColumns = {
  id: deliveries.id,
  eventId: deliveries.eventId,
  type: deliveries.type,
  subject,
  state: deliveries.state,
  attempts: deliveries.attempts,
  nextAt: deliveries.nextAt,
  createdAt: deliveries.createdAt,
  endedAt: deliveries.endedAt,
  lastStatus: sql<number | null>`${ofLast(attempts.status)}`,
  lastFault: sql<string | null>`${ofLast(attempts.fault)}`,
};

type Row = {
  id: string;
  eventId: string;
  type: string;
  subject: string | null;
  state: DeliveryState;
  attempts: number;
  nextAt: number | null;
  createdAt: number;
  endedAt: number | null;
  lastStatus: number | null;
  lastFault: string | null;
};

export const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

export const describeDelivery = (ctx: Ctx, row: Row): Delivery => ({
  id: row.id,
  event_id: row.eventId,
  type: row.type,
  subject: row.subject,
  state: row.state,
  attempts: row.attempts,
  next_attempt_at: isoOrNull(row.nextAt),
  created_at: iso(row.createdAt),
  ended_at: isoOrNull(row.endedAt),
  last_status: row.lastStatus,
  last_fault: sayWebhookFault(ctx, row.lastFault),
});

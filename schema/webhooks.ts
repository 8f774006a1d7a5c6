import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { createdAt, moment } from "./columns.ts";

/** `pending` until an attempt succeeded, or nobody tries any more. */
export const deliveryStates = ["pending", "delivered", "failed"] as const;

/**
 * Who is told of events. The secret that signs is derived from the deployment's own, the id and `secretVersion`, so it is
 * stored nowhere.
 */
export const webhookEndpoints = sqliteTable("webhook_endpoints", {
  id: text("id").primaryKey(),
  /** NULL is refused: there are as many as there may be. */
  url: text("url").notNull(),
  description: text("description").notNull(),
  /** The types that it wants; NULL for all, also those that come later. */
  events: text("events", { mode: "json" }).$type<string[]>(),
  /** The slugs that it is limited to; NULL for events of every kind. */
  software: text("software", { mode: "json" }).$type<string[]>(),
  isEnabled: integer("is_enabled", { mode: "boolean" }).notNull().default(true),
  /** Why this server has disabled it; NULL where a person did. */
  disabledReason: text("disabled_reason"),
  disabledAt: moment("disabled_at"),
  secretVersion: integer("secret_version").notNull(),
  /** The version before it, which signs as well until `previousUntil`. */
  previousVersion: integer("previous_version"),
  previousUntil: moment("previous_until"),
  /** When it last took a delivery. */
  deliveredAt: moment("delivered_at"),
  createdBy: text("created_by").notNull(),
  createdAt: createdAt(),
  updatedAt: moment("updated_at").notNull(),
});

/** One event for one endpoint: written in the batch of what it tells of, or not at all. */
export const webhookDeliveries = sqliteTable(
  "webhook_deliveries",
  {
    /** The id of the message, by which its receiver knows it again. */
    id: text("id").primaryKey(),
    endpointId: text("endpoint_id")
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: "cascade" }),
    /** The same for all endpoints that are told of one event. */
    eventId: text("event_id").notNull(),
    type: text("type").notNull(),
    /** The body, as it is signed and sent. */
    payload: text("payload").notNull(),
    state: text("state", { enum: deliveryStates }).notNull(),
    /** Counts the attempts, and fences them: only the last one may say how it ended. */
    attempts: integer("attempts").notNull(),
    /** Attempts that failed since it was last sent anew; the pause before the next follows from it. */
    failures: integer("failures").notNull(),
    /** When the next attempt is due; NULL for what has ended. */
    nextAt: moment("next_at"),
    /** Until when an attempt may be under way. */
    leaseUntil: moment("lease_until").notNull(),
    createdAt: createdAt(),
    endedAt: moment("ended_at"),
  },
  (t) => [
    index("webhook_deliveries_due")
      .on(t.nextAt)
      .where(sql`${t.state} = 'pending'`),
    index("webhook_deliveries_open")
      .on(t.endpointId, t.nextAt)
      .where(sql`${t.state} = 'pending'`),
    index("webhook_deliveries_listed").on(t.endpointId, t.id),
    index("webhook_deliveries_states").on(t.endpointId, t.state, t.id),
    index("webhook_deliveries_created").on(t.createdAt),
  ],
);

/** How each attempt of a delivery ended. One that died has no row. */
export const webhookAttempts = sqliteTable(
  "webhook_attempts",
  {
    deliveryId: text("delivery_id")
      .notNull()
      .references(() => webhookDeliveries.id, { onDelete: "cascade" }),
    attempt: integer("attempt").notNull(),
    at: moment("at").notNull(),
    /** Milliseconds until the answer, or until the fault. */
    ms: integer("ms").notNull(),
    /** The HTTP status of the answer; NULL where none came. */
    status: integer("status"),
    /** What went wrong, in a few words of this server's own; NULL where nothing did. */
    fault: text("fault"),
    /** The beginning of the answer. */
    answer: text("answer").notNull(),
  },
  (t) => [primaryKey({ columns: [t.deliveryId, t.attempt] })],
);

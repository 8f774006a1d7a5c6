import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { moment, serialId } from "./columns.ts";

export const logLevels = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] as const;

/** Who changed what. Each row is written in the batch of its change. */
export const audit = sqliteTable(
  "audit",
  {
    id: serialId(),
    at: moment("at").notNull(),
    actor: text("actor").notNull(),
    action: text("action").notNull(),
    target: text("target").notNull(),
    detail: text("detail", { mode: "json" }).$type<Record<string, unknown>>().notNull(),
  },
  (t) => [index("audit_at").on(t.at), index("audit_actor").on(t.actor, t.at)],
);

/** The jobs of cron: who runs each, where a long one goes on, and how its last runs went. */
export const jobs = sqliteTable("jobs", {
  name: text("name").primaryKey(),
  /** The run that holds the job; null between runs. */
  holder: text("holder"),
  leaseUntil: moment("lease_until").notNull().default(0),
  cursor: text("cursor"),
  /** When the last run began, whether or not it has ended. */
  startedAt: moment("started_at"),
  succeededAt: moment("succeeded_at"),
  failedAt: moment("failed_at"),
  /** Milliseconds that the last run took, of those that ended and did not die. */
  lastMs: integer("last_ms"),
  /** How many runs have failed or died since the last success. */
  failures: integer("failures").notNull().default(0),
});

/** The system's log, until it is archived to the bucket. */
export const logs = sqliteTable(
  "logs",
  {
    id: serialId(),
    at: moment("at").notNull(),
    level: text("level", { enum: logLevels }).notNull(),
    event: text("event").notNull(),
    requestId: text("request_id"),
    fields: text("fields", { mode: "json" }).$type<Record<string, unknown>>().notNull(),
  },
  (t) => [index("logs_at").on(t.at, t.id), index("logs_level").on(t.level, t.at, t.id)],
);

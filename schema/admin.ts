import { index, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { moment, serialId } from "./columns.ts";

/** Who changed what; written in the batch of the change. */
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
  (t) => [index("audit_at").on(t.at)],
);

/** Leases of cron work, and where a long job goes on. */
export const jobs = sqliteTable("jobs", {
  name: text("name").primaryKey(),
  holder: text("holder"),
  leaseUntil: moment("lease_until").notNull().default(0),
  cursor: text("cursor"),
});

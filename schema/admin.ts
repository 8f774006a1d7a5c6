import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { moment } from "./columns.ts";

/** The settings that administrators have changed; all others have their defaults. */
export const settings = sqliteTable("settings", {
  name: text("name").primaryKey(),
  value: text("value", { mode: "json" }).$type<unknown>().notNull(),
  updatedAt: moment("updated_at").notNull(),
  updatedBy: text("updated_by").notNull(),
});

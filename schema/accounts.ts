import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { createdAt, moment } from "./columns.ts";

/** Publisher keys; only their SHA-256 is kept. */
export const apiKeys = sqliteTable("api_keys", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  prefix: text("prefix").notNull(),
  hash: text("hash").notNull().unique(),
  scopes: text("scopes", { mode: "json" }).$type<string[]>().notNull(),
  expiresAt: moment("expires_at"),
  createdAt: createdAt(),
});

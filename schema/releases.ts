import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { createdAt } from "./columns.ts";

export const software = sqliteTable("software", {
  id: text("id").primaryKey(),
  akey: text("akey").notNull().unique(),
  slug: text("slug").notNull().unique(),
  name: text("name").notNull(),
  /** The name in the form in which names are compared. */
  nameKey: text("name_key").unique(),
  description: text("description").notNull().default(""),
  createdAt: createdAt(),
});

export const versions = sqliteTable(
  "versions",
  {
    id: text("id").primaryKey(),
    vkey: text("vkey").notNull().unique(),
    softwareId: text("software_id")
      .notNull()
      .references(() => software.id, { onDelete: "cascade" }),
    version: text("version").notNull(),
    /** Sorts as the version does (core/versions.ts); NULL for a text that is no SemVer version. */
    orderKey: text("order_key"),
    channel: text("channel").notNull(),
    isCritical: integer("is_critical", { mode: "boolean" }).notNull(),
    isLatest: integer("is_latest", { mode: "boolean" }).notNull().default(false),
    description: text("description").notNull(),
    notes: text("notes").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("versions_text").on(t.softwareId, t.version),
    uniqueIndex("versions_latest")
      .on(t.softwareId)
      .where(sql`${t.isLatest} = 1`),
    index("versions_listed").on(t.softwareId, t.createdAt),
  ],
);

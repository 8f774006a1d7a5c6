import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { users } from "./accounts.ts";
import { createdAt, moment, serialId } from "./columns.ts";
import { software } from "./updates.ts";

/** Application records. Deleted ones stay; a name is unique among the living. */
export const appwares = sqliteTable(
  "appwares",
  {
    id: serialId(),
    name: text("name").notNull(),
    /** The name in the form in which names are compared. */
    nameKey: text("name_key").notNull(),
    remark: text("remark"),
    sortOrder: integer("sort_order").notNull(),
    status: integer("status").notNull(),
    isActive: integer("is_active", { mode: "boolean" }).notNull(),
    viewCount: integer("view_count").notNull(),
    softwareId: text("software_id").references(() => software.id, { onDelete: "set null" }),
    createdBy: text("created_by")
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull(),
    isDeleted: integer("is_deleted", { mode: "boolean" }).notNull(),
    /** Counts changes, from 1. */
    version: integer("version").notNull(),
  },
  (t) => [
    uniqueIndex("appwares_name")
      .on(t.nameKey)
      .where(sql`${t.isDeleted} = 0`),
    index("appwares_listed").on(t.isDeleted, t.sortOrder, sql`created_at DESC`),
    index("appwares_mine").on(t.createdBy, t.isDeleted, t.sortOrder, sql`created_at DESC`),
    index("appwares_popular").on(t.isDeleted, t.viewCount),
  ],
);

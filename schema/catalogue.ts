import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { users } from "./accounts.ts";
import { createdAt, moment, serialId } from "./columns.ts";
import { software } from "./releases.ts";

/**
 * The order of records with equal sort_order: the newest first. The id keeps records of one moment in the same order every
 * time.
 */
const newestFirst = [sql`created_at DESC`, sql`id DESC`] as const;

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
    /** 1 enabled, 0 disabled. The table of counts refuses any other value. */
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
    index("appwares_listed").on(t.isDeleted, t.status, t.isActive, t.sortOrder, ...newestFirst),
    index("appwares_mine").on(t.createdBy, t.isDeleted, t.status, t.isActive, t.sortOrder, ...newestFirst),
    index("appwares_popular").on(t.isDeleted, t.status, t.isActive, t.viewCount),
    index("appwares_software")
      .on(t.softwareId)
      .where(sql`${t.softwareId} IS NOT NULL`),
  ],
);

/**
 * How many records of each kind there are, moved by triggers on `appwares`, so that a list's total is never counted. One set
 * of rows belongs to each owner, and one, with the owner "", to everybody.
 */
export const appwareCounts = sqliteTable(
  "appware_counts",
  {
    owner: text("owner").notNull(),
    isDeleted: integer("is_deleted", { mode: "boolean" }).notNull(),
    status: integer("status").notNull(),
    isActive: integer("is_active", { mode: "boolean" }).notNull(),
    count: integer("count").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.owner, t.isDeleted, t.status, t.isActive] }),
    check("appware_counts_kind", sql`is_deleted IN (0, 1) AND status IN (0, 1) AND is_active IN (0, 1)`),
    check("appware_counts_count", sql`count >= 0`),
  ],
);

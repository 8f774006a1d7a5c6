import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { createdAt } from "./columns.ts";

export const visibilities = ["public", "private"] as const;

export const software = sqliteTable("software", {
  id: text("id").primaryKey(),
  akey: text("akey").notNull().unique(),
  slug: text("slug").notNull().unique(),
  name: text("name").notNull(),
  /** The name in the form in which names are compared. */
  nameKey: text("name_key").unique(),
  description: text("description").notNull().default(""),
  /** Of what is private, nobody learns or fetches anything without a key that may read it. */
  visibility: text("visibility", { enum: visibilities }).notNull().default("public"),
  createdAt: createdAt(),
});

export const versions = sqliteTable(
  "versions",
  {
    id: text("id").primaryKey(),
    vkey: text("vkey").notNull().unique(),
    /** NULL is refused: there is no such software, or it was deleted since the upload began. */
    softwareId: text("software_id")
      .notNull()
      .references(() => software.id, { onDelete: "cascade" }),
    /** As it was published. */
    version: text("version").notNull(),
    /** Sorts as the version does (kit/versions.ts); NULL for a text that cannot be read as one. */
    orderKey: text("order_key"),
    channel: text("channel").notNull(),
    isCritical: integer("is_critical", { mode: "boolean" }).notNull(),
    /** Whether no device may jump over it. */
    isWatershed: integer("is_watershed", { mode: "boolean" }).notNull().default(false),
    /** The lowest version that may take this one directly, in its canonical spelling; NULL where all may. */
    minUpdateFrom: text("min_update_from"),
    /** The same as an order key. */
    minUpdateKey: text("min_update_key"),
    /** NULL is refused: the version is withdrawn. */
    isLatest: integer("is_latest", { mode: "boolean" }).notNull().default(false),
    /** Whether it has had packages and none of them is offered any more; moved by triggers on packages. */
    isWithdrawn: integer("is_withdrawn", { mode: "boolean" }).notNull().default(false),
    description: text("description").notNull(),
    notes: text("notes").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("versions_text").on(t.softwareId, t.version),
    // Two spellings of one version are one version.
    uniqueIndex("versions_order").on(t.softwareId, t.orderKey),
    uniqueIndex("versions_latest")
      .on(t.softwareId)
      .where(sql`${t.isLatest} = 1`),
    index("versions_listed").on(t.softwareId, t.createdAt),
    // By the rule of the latest one (functions/releases/latest.ts).
    index("versions_ranked")
      .on(t.softwareId, sql`(${t.channel} = 'stable')`, t.orderKey, t.createdAt)
      .where(sql`NOT ${t.isWithdrawn}`),
    // Few versions are in these two, and the version check looks into them.
    index("versions_watersheds")
      .on(t.softwareId, t.orderKey)
      .where(sql`${t.isWatershed} = 1`),
    index("versions_min_updates")
      .on(t.softwareId, t.minUpdateKey)
      .where(sql`${t.minUpdateKey} IS NOT NULL`),
  ],
);

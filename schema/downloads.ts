import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** How often files of each table were downloaded. Unlike the files' own counts, it does not fall when files go. */
export const downloadTotals = sqliteTable("download_totals", {
  /** The table of the files. */
  source: text("source").primaryKey(),
  downloads: integer("downloads").notNull(),
});

import { sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

/** Whether a column contains a text. ASCII letters match in either case; `%` and `_` stand for themselves. */
export const containing = (column: SQLiteColumn, text: string): SQL =>
  sql`${column} LIKE ${`%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`} ESCAPE '\\'`;

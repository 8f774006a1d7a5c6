import { sql, type SQL } from "drizzle-orm";
import { offsetOf, type Paging } from "../http/paging.ts";

/** How many log entries back a list goes. Dates and filters narrow it down; counting further back helps nobody. */
export const LIST_DEPTH = 10_000;
/** How many entries a search looks at: the newest of those that the other filters leave. */
export const SEARCH_DEPTH = 100_000;

/** The LIMIT and OFFSET of a page within the depth. */
export function within(paging: Paging): { limit: number; offset: number } {
  const offset = Math.min(offsetOf(paging), LIST_DEPTH);
  return { limit: Math.min(paging.page_size, LIST_DEPTH - offset), offset };
}

/** Joins the conditions that are given; where there are none, the result holds for all rows. */
export function all(conditions: (SQL | undefined)[]): SQL {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.length > 0 ? sql.join(given, sql` AND `) : sql`1`;
}

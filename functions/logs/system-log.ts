import { desc, sql } from "drizzle-orm";
import { logs, type logLevels } from "../../schema/core.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { pageOf, type Page, type Paging } from "../core/http/paging.ts";
import { all, LIST_DEPTH, SEARCH_DEPTH, within } from "../core/database/bounded-list.ts";
import { containing } from "../core/database/search.ts";

type Level = (typeof logLevels)[number];

export type SystemLogEntry = {
  id: number;
  /** ISO 8601. */
  timestamp: string;
  level: Level;
  message: string;
  request_id: string | null;
  details: Record<string, unknown>;
};

export type Period = {
  /** Milliseconds since 1970. `to` is the first moment that is not wanted. */
  start_date?: number | undefined;
  end_date?: number | undefined;
};

type Filter = Period & {
  level?: Level | undefined;
  /** Part of a message, of the details as JSON, or of a request id. */
  search?: string | undefined;
};

/**
 * A page of the system's log, newest first. It goes back 10,000 entries, and a search looks at 100,000, so that neither
 * costs more when the log grows.
 */
export async function listSystemLog(ctx: Ctx, filter: Filter & Paging): Promise<Page<SystemLogEntry>> {
  requireAdmin(ctx);
  const { level, start_date: from, end_date: to, search } = filter;
  const chosen = all([
    level && sql`${logs.level} = ${level}`,
    from === undefined ? undefined : sql`${logs.at} >= ${from}`,
    to === undefined ? undefined : sql`${logs.at} < ${to}`,
  ]);
  const order = sql`ORDER BY ${logs.at} DESC, ${logs.id} DESC`;
  const newest = sql`FROM ${logs} WHERE ${chosen} ${order}`;
  const wanted =
    search === undefined
      ? sql`SELECT ${logs.id} ${newest}`
      : sql`SELECT ${logs.id} FROM (SELECT * ${newest} LIMIT ${SEARCH_DEPTH}) AS ${logs} WHERE ${matches(search)} ${order}`;
  const { limit, offset } = within(filter);
  const { rows, counted } = await ctx.deps.db.readBatch((q) => ({
    rows: q
      .select()
      .from(logs)
      .where(sql`${logs.id} IN (${wanted} LIMIT ${limit} OFFSET ${offset})`)
      .orderBy(desc(logs.at), desc(logs.id)),
    counted: q.select({ total: sql<number>`count(*)` }).from(sql`(${wanted} LIMIT ${LIST_DEPTH})`),
  }));
  return pageOf(rows.map(describeLog), counted[0]?.total ?? 0, filter);
}

export function describeLog(row: typeof logs.$inferSelect): SystemLogEntry {
  const { id, at, level, event, requestId, fields } = row;
  const timestamp = new Date(at).toISOString();
  return { id, timestamp, level, message: event, request_id: requestId, details: fields };
}

/** Details are JSON, in which characters such as quotation marks are escaped, so the search text is escaped likewise. */
const matches = (search: string) =>
  sql`(${containing(logs.event, search)} OR ${containing(logs.fields, JSON.stringify(search).slice(1, -1))} OR ${containing(logs.requestId, search)})`;

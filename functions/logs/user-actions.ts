import { desc, eq, sql, type SQL } from "drizzle-orm";
import { users } from "../../schema/accounts.ts";
import { audit } from "../../schema/core.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { redact } from "../core/log/logger.ts";
import type { Query } from "../core/database/database.ts";
import { pageOf, type Page, type Paging } from "../core/http/paging.ts";
import { all, LIST_DEPTH, SEARCH_DEPTH, within } from "../core/database/bounded-list.ts";
import type { Period } from "./system-log.ts";

export type UserAction = {
  id: number;
  /** ISO 8601. */
  timestamp: string;
  /** Null where no account did it: an API key, or the service itself. */
  user_id: string | null;
  username: string | null;
  /** The account, `key:<id>` of an API key, `system` or `nobody`. */
  actor: string;
  action: string;
  target: string;
  details: Record<string, unknown>;
};

type Filter = Period & { user_id?: string | undefined; action?: string | undefined };

/** A page of what was changed and by whom, newest first. It goes back as far as the system's log. */
export async function listUserActions(ctx: Ctx, filter: Filter & Paging): Promise<Page<UserAction>> {
  requireAdmin(ctx);
  const { user_id: user, action, start_date: from, end_date: to } = filter;
  const chosen = all([
    user === undefined ? undefined : sql`${audit.actor} = ${user}`,
    from === undefined ? undefined : sql`${audit.at} >= ${from}`,
    to === undefined ? undefined : sql`${audit.at} < ${to}`,
  ]);
  const order = sql`ORDER BY ${audit.at} DESC, ${audit.id} DESC`;
  const newest = sql`FROM ${audit} WHERE ${chosen} ${order}`;
  const wanted =
    action === undefined
      ? sql`SELECT ${audit.id} ${newest}`
      : sql`SELECT ${audit.id} FROM (SELECT * ${newest} LIMIT ${SEARCH_DEPTH}) AS ${audit} WHERE ${audit.action} = ${action} ${order}`;
  const { limit, offset } = within(filter);
  const { rows, counted } = await ctx.deps.db.readBatch((q) => ({
    rows: selectActions(q, sql`${audit.id} IN (${wanted} LIMIT ${limit} OFFSET ${offset})`).orderBy(
      desc(audit.at),
      desc(audit.id),
    ),
    counted: q.select({ total: sql<number>`count(*)` }).from(sql`(${wanted} LIMIT ${LIST_DEPTH})`),
  }));
  return pageOf(rows.map(describeAction), counted[0]?.total ?? 0, filter);
}

/** Audit rows, with the account names of today. */
export const selectActions = (q: Query, chosen: SQL | undefined) =>
  q
    .select({
      id: audit.id,
      at: audit.at,
      actor: audit.actor,
      action: audit.action,
      target: audit.target,
      detail: audit.detail,
      userId: users.id,
      username: users.username,
    })
    .from(audit)
    .leftJoin(users, eq(users.id, audit.actor))
    .where(chosen);

export function describeAction(row: Awaited<ReturnType<typeof selectActions>>[number]): UserAction {
  return {
    id: row.id,
    timestamp: new Date(row.at).toISOString(),
    user_id: row.userId,
    username: row.username,
    actor: row.actor,
    action: row.action,
    target: row.target,
    details: redact(row.detail) as Record<string, unknown>,
  };
}

import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { taskCounts, tasks, taskStates } from "../../../schema/compute/tasks.ts";
import { requireOwner } from "../../accounts/sign-in/sessions.ts";
import type { Ctx } from "../../core/context.ts";
import { pageOf, type Page, type Paging } from "../../core/http/paging.ts";
import { idsOfPage, taskOrders } from "./task-pages.sql.ts";
import { selectTakers } from "./takers.sql.ts";
import { summarizeTask, taskSummaryColumns, type TaskSummary } from "./task-summary.ts";

/** The owner of the counts of everybody's tasks, and what administrators say for them. */
const EVERYBODY = "";
const ALL_USERS = "all";

export const sortFields = ["created_at", "updated_at", "priority"] as const;

export type TaskFilter = Paging & {
  status?: (typeof taskStates)[number] | undefined;
  task_type?: string | undefined;
  /** For administrators: somebody's, or `all`. */
  user_id?: string | undefined;
  sort_by: (typeof sortFields)[number];
  sort_order: "asc" | "desc";
};

/**
 * One page of tasks and how many there are in all, which is a running total. One round trip.
 * @throws AppError ACCESS_DENIED for other users' tasks.
 */
export async function listTasks(ctx: Ctx, filter: TaskFilter): Promise<Page<TaskSummary>> {
  const { status, task_type: type, sort_by: sortBy, sort_order: direction } = filter;
  const asked = requireOwner(ctx, filter.user_id);
  const owner = asked === ALL_USERS ? EVERYBODY : asked;
  const states = status === undefined ? taskStates : [status];
  const inOrder = direction === "asc" ? asc : desc;
  const ids = idsOfPage({
    owner: owner === EVERYBODY ? undefined : owner,
    states,
    type,
    sortBy,
    direction,
    paging: filter,
  });
  const ofOwner = owner === EVERYBODY ? sql`true` : eq(tasks.userId, owner);
  const { rows, totals, takers } = await ctx.deps.db.readBatch((q) => ({
    rows: q
      .select(taskSummaryColumns)
      .from(tasks)
      .where(sql`${tasks.id} IN (${ids})`)
      .orderBy(...taskOrders[sortBy].map((key) => inOrder(key))),
    totals: q
      .select({ count: sql<number>`coalesce(sum(${taskCounts.count}), 0)` })
      .from(taskCounts)
      .where(
        and(
          eq(taskCounts.owner, owner),
          type === undefined ? undefined : eq(taskCounts.taskType, type),
          inArray(taskCounts.status, states),
        ),
      ),
    takers: selectTakers(q, states.includes("pending") ? ofOwner : sql`false`),
  }));
  const items = rows.map((row) => summarizeTask(ctx, row, takers));
  return pageOf(items, totals[0]?.count ?? 0, filter);
}

import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { taskCounts, taskLogs, tasks, taskStates } from "../../../schema/compute/tasks.ts";
import { requireUser } from "../../accounts/sign-in/sessions.ts";
import type { Ctx, UserActor } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { offsetOf, pageOf, type Page, type Paging } from "../../core/http/paging.ts";
import { summarize, summaryColumns, visible, type TaskSummary } from "./tasks.ts";

/** The owner of the counts of everybody's tasks, and what administrators say for them. */
const EVERYBODY = "";
const ALL_USERS = "all";

/** What tasks are sorted by, and what decides between equal ones; an index ends in each. */
const orders = {
  created_at: [tasks.createdAt, tasks.id],
  updated_at: [tasks.updatedAt, tasks.id],
  priority: [tasks.priority, tasks.createdAt, tasks.id],
} as const;

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
 * One page of tasks and how many there are in all. One round trip; the tasks of each state lie in an index in the order
 * of the list, SQLite merges the states that are wanted, and the total is a running one.
 * @throws AppError ACCESS_DENIED for other users' tasks.
 */
export async function listTasks(ctx: Ctx, filter: TaskFilter): Promise<Page<TaskSummary>> {
  const owner = ownerOf(requireUser(ctx.actor), filter.user_id);
  const states = filter.status === undefined ? [...taskStates] : [filter.status];
  const keys = orders[filter.sort_by];
  const direction = filter.sort_order === "asc" ? asc : desc;
  const order = keys.map((key) => direction(key));

  const owned = owner === EVERYBODY ? sql`` : sql`user_id = ${owner} AND`;
  const typed = filter.task_type === undefined ? sql`` : sql`task_type = ${filter.task_type} AND`;
  // As the indexes of everybody's tasks have it.
  const status = owner === EVERYBODY ? sql`status || ''` : sql`status`;
  const names = sql.raw(keys.map((key) => key.name).join(", "));
  const sorting = sql.raw(keys.map((key) => `${key.name} ${filter.sort_order}`).join(", "));
  const ofStates = states.map(
    (state) => sql`SELECT ${names} FROM tasks WHERE ${owned} ${typed} ${status} = ${state}`,
  );
  const ids = sql`SELECT id FROM (${sql.join(ofStates, sql` UNION ALL `)}
    ORDER BY ${sorting} LIMIT ${filter.page_size} OFFSET ${offsetOf(filter)})`;

  const [rows, [total]] = await ctx.deps.db.read((q) =>
    q.batch([
      q
        .select(summaryColumns)
        .from(tasks)
        .where(sql`${tasks.id} IN (${ids})`)
        .orderBy(...order),
      q
        .select({ count: sql<number>`coalesce(sum(${taskCounts.count}), 0)` })
        .from(taskCounts)
        .where(
          and(
            eq(taskCounts.owner, owner),
            filter.task_type === undefined ? undefined : eq(taskCounts.taskType, filter.task_type),
            inArray(taskCounts.status, states),
          ),
        ),
    ]),
  );
  return pageOf(rows.map(summarize), total?.count ?? 0, filter);
}

function ownerOf(user: UserActor, wanted: string | undefined): string {
  if (wanted === undefined || wanted === user.id) return user.id;
  if (user.role !== "admin") throw new AppError("ACCESS_DENIED");
  return wanted === ALL_USERS ? EVERYBODY : wanted;
}

export type TaskLogLine = { attempt: number; seq: number; timestamp: string; level: string; message: string };

/** A page of what a task's attempts said, in order. One round trip. @throws AppError TASK_NOT_FOUND. */
export async function listTaskLogs(ctx: Ctx, id: string, paging: Paging): Promise<Page<TaskLogLine>> {
  const mine = sql`${taskLogs.taskId} = (SELECT ${tasks.id} FROM ${tasks} WHERE ${visible(ctx, id)})`;
  const [[task], rows, [total]] = await ctx.deps.db.read((q) =>
    q.batch([
      q.select({ id: tasks.id }).from(tasks).where(visible(ctx, id)),
      q
        .select()
        .from(taskLogs)
        .where(mine)
        .orderBy(asc(taskLogs.attempt), asc(taskLogs.seq))
        .limit(paging.page_size)
        .offset(offsetOf(paging)),
      q
        .select({ count: sql<number>`count(*)` })
        .from(taskLogs)
        .where(mine),
    ]),
  );
  if (!task) throw new AppError("TASK_NOT_FOUND");
  const lines = rows.map(({ attempt, seq, at, level, message }) => ({
    attempt,
    seq,
    timestamp: new Date(at).toISOString(),
    level,
    message,
  }));
  return pageOf(lines, total?.count ?? 0, paging);
}

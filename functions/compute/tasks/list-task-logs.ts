import { asc, sql } from "drizzle-orm";
import { taskLogs, tasks } from "../../../schema/compute/tasks.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { offsetOf, pageOf, type Page, type Paging } from "../../core/http/paging.ts";
import { visibleTask } from "./task-summary.ts";

export type TaskLogLine = { attempt: number; seq: number; timestamp: string; level: string; message: string };

/** A page of what a task's runs said, in order. One round trip. @throws AppError TASK_NOT_FOUND. */
export async function listTaskLogs(ctx: Ctx, id: string, paging: Paging): Promise<Page<TaskLogLine>> {
  const visible = visibleTask(ctx, id);
  const ofTask = sql`${taskLogs.taskId} = (SELECT ${tasks.id} FROM ${tasks} WHERE ${visible})`;
  const { found, rows, totals } = await ctx.deps.db.readBatch((q) => ({
    found: q.select({ id: tasks.id }).from(tasks).where(visible),
    rows: q
      .select()
      .from(taskLogs)
      .where(ofTask)
      .orderBy(asc(taskLogs.attempt), asc(taskLogs.seq))
      .limit(paging.page_size)
      .offset(offsetOf(paging)),
    totals: q
      .select({ count: sql<number>`count(*)` })
      .from(taskLogs)
      .where(ofTask),
  }));
  if (found.length === 0) throw new AppError("TASK_NOT_FOUND");
  const lines = rows.map(({ attempt, seq, at, level, message }) => ({
    attempt,
    seq,
    timestamp: new Date(at).toISOString(),
    level,
    message,
  }));
  return pageOf(lines, totals[0]?.count ?? 0, paging);
}

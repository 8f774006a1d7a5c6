import { and, sql } from "drizzle-orm";
import { tasks } from "../../../schema/compute/tasks.ts";
import { audit } from "../../../schema/core.ts";
import { auditChange } from "../../core/audit.ts";
import { actorName, type Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { cancelSoon, dispatchSoon } from "../agents/dispatch.ts";
import { concludeTasks, endTasks, meteredCost } from "../queue/endings.ts";
import { summarize, summaryColumns, visible, type TaskSummary } from "./tasks.ts";

/**
 * Cancels an open task. Its hold comes back; one that ran is charged what it has cost so far. One round trip.
 * @throws AppError TASK_NOT_FOUND, TASK_STATE_CONFLICT for one that has ended.
 */
export async function cancelTask(ctx: Ctx, id: string): Promise<TaskSummary> {
  const now = ctx.deps.clock();
  const mine = visible(ctx, id);
  const open = sql`${mine} AND ${tasks.status} IN ('pending', 'running')`;
  const cost = sql<number>`CASE ${tasks.status} WHEN 'running' THEN ${meteredCost(now)} ELSE 0 END`;
  const [[before], [row]] = await ctx.deps.db.write((q) => [
    q.select({ status: tasks.status }).from(tasks).where(mine),
    endTasks(q, open, { status: "cancelled", cost }, now).returning(summaryColumns),
    q.insert(audit).select(auditChange(ctx, "task.cancel", id)),
    ...concludeTasks(q, sql`${mine} AND status = 'cancelled'`, "cancelled", actorName(ctx.actor), now),
  ]);
  if (!before) throw new AppError("TASK_NOT_FOUND");
  if (!row) throw new AppError("TASK_STATE_CONFLICT", { state: before.status });
  if (before.status === "running" && row.gpuServerId !== null) {
    cancelSoon(ctx, { taskId: id, attempt: row.attempt, serverId: row.gpuServerId });
    dispatchSoon(ctx);
  }
  return summarize(row);
}

/**
 * Deletes an ended task with its logs and outputs; the ledger keeps its money. One round trip.
 * @throws AppError TASK_NOT_FOUND, TASK_STATE_CONFLICT for one that is open.
 */
export async function deleteTask(ctx: Ctx, id: string): Promise<void> {
  const mine = visible(ctx, id);
  const ended = sql`${tasks.status} IN ('completed', 'failed', 'cancelled')`;
  const [[before], [deleted]] = await ctx.deps.db.write((q) => [
    q.select({ status: tasks.status }).from(tasks).where(mine),
    q.delete(tasks).where(and(mine, ended)).returning({ id: tasks.id }),
    q.insert(audit).select(auditChange(ctx, "task.delete", id)),
  ]);
  if (!before) throw new AppError("TASK_NOT_FOUND");
  if (!deleted) throw new AppError("TASK_STATE_CONFLICT", { state: before.status });
}

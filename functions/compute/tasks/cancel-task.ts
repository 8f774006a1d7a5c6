import { sql } from "drizzle-orm";
import { tasks } from "../../../schema/compute/tasks.ts";
import { audited } from "../../core/audit.ts";
import { actorName, type Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { cancelSoon, dispatchSoon } from "../agents/dispatch.ts";
import { tellOfEnding } from "../queue/ending-events.ts";
import { concludeTasks, endTasks, meteredCost } from "../queue/endings.ts";
import { isIn, transitions } from "../queue/transitions.ts";
import { summarizeTask, taskSummaryColumns, visibleTask, type TaskSummary } from "./task-summary.ts";

/**
 * Cancels an open task. Its hold comes back; one that ran is charged what it has cost so far. One round trip.
 * @throws AppError TASK_NOT_FOUND, TASK_STATE_CONFLICT for one that has ended.
 */
export async function cancelTask(ctx: Ctx, id: string): Promise<TaskSummary> {
  const now = ctx.deps.clock();
  const visible = visibleTask(ctx, id);
  const cost = sql<number>`CASE ${tasks.status} WHEN 'running' THEN ${meteredCost(now)} ELSE 0 END`;
  const { states, ended } = await ctx.deps.db.write((q) => {
    const end = endTasks(q, transitions.cancelled, visible, { cost }, now).returning(taskSummaryColumns);
    const cancelled = sql`${visible} AND ${isIn(["cancelled"])}`;
    return {
      states: q.select({ status: tasks.status }).from(tasks).where(visible),
      told: tellOfEnding(ctx, q, transitions.cancelled, visible, { cost }, now),
      ended: audited(ctx, q, end, { action: "task.cancel", target: id }),
      concluded: concludeTasks(q, cancelled, "cancelled", actorName(ctx.actor), now),
    };
  });
  const [[before], [row]] = [states, ended.change];
  if (!before) throw new AppError("TASK_NOT_FOUND");
  if (!row) throw new AppError("TASK_STATE_CONFLICT", { state: before.status, instead: "task.cannotCancel" });
  if (before.status === "running" && row.gpuServerId !== null) {
    cancelSoon(ctx, { taskId: id, attempt: row.attempt, serverId: row.gpuServerId });
    dispatchSoon(ctx);
  }
  return summarizeTask(ctx, row, []);
}

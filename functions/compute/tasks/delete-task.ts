import { tasks } from "../../../schema/compute/tasks.ts";
import { audited } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { deleteEndedTask } from "../queue/endings.ts";
import { visibleTask } from "./task-summary.ts";

/**
 * Deletes an ended task with its logs and outputs; the ledger keeps its money. One round trip.
 * @throws AppError TASK_NOT_FOUND, TASK_STATE_CONFLICT for one that is open.
 */
export async function deleteTask(ctx: Ctx, id: string): Promise<void> {
  const visible = visibleTask(ctx, id);
  const { states, deleted } = await ctx.deps.db.write((q) => ({
    states: q.select({ status: tasks.status }).from(tasks).where(visible),
    deleted: audited(ctx, q, deleteEndedTask(q, visible).returning({ id: tasks.id }), {
      action: "task.delete",
      target: id,
    }),
  }));
  const [before] = states;
  if (!before) throw new AppError("TASK_NOT_FOUND");
  if (deleted.change.length === 0)
    throw new AppError("TASK_STATE_CONFLICT", { state: before.status, instead: "task.cannotDelete" });
}

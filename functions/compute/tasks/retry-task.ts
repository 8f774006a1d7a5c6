import { sql } from "drizzle-orm";
import { holdAgain } from "../../billing/holds.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import { audited } from "../../core/audit.ts";
import { requireUser } from "../../accounts/sign-in/sessions.ts";
import type { Ctx } from "../../core/context.ts";
import { refusals } from "../../core/database/refusals.ts";
import { AppError } from "../../core/errors.ts";
import { dispatchSoon } from "../agents/dispatch.ts";
import { restartTask } from "../queue/returns.ts";
import { isIn } from "../queue/transitions.ts";
import {
  ownerWithinLimit,
  pendingUnlessMaintenance,
  startConstraints,
  startRefusal,
  useInputs,
} from "./start-task.ts";
import { selectTakers } from "./takers.sql.ts";
import { summarizeTask, taskSummaryColumns, visibleTask, type TaskSummary } from "./task-summary.ts";

const retryRefusals = refusals(startConstraints);

/**
 * Starts a failed or cancelled task anew: pending, with a hold of its own. One round trip.
 * @throws AppError TASK_NOT_FOUND, TASK_STATE_CONFLICT, and what refuses a new task.
 */
export async function retryTask(ctx: Ctx, id: string): Promise<TaskSummary> {
  const user = requireUser(ctx.actor);
  const { db, clock } = ctx.deps;
  const now = clock();
  const visible = visibleTask(ctx, id);
  const start = { userId: ownerWithinLimit(sql`${tasks.userId}`), status: pendingUnlessMaintenance(user) };
  const outcome = await db.tryWrite(
    (q) => ({
      states: q.select({ status: tasks.status }).from(tasks).where(visible),
      restarted: audited(ctx, q, restartTask(q, visible, start, now).returning(taskSummaryColumns), {
        action: "task.retry",
        target: id,
      }),
      held: holdAgain(q, sql`${tasks.id} = ${id} AND ${isIn(["pending"])}`, user.id, now),
      inputs: useInputs(q, id),
      takers: selectTakers(q, visible),
    }),
    retryRefusals,
  );
  if (!outcome.done) throw await startRefusal(ctx, outcome.refused, outcome.cause, () => holdOf(ctx, id));
  const { states, restarted, takers } = outcome.done;
  const [[before], [row]] = [states, restarted.change];
  if (!before) throw new AppError("TASK_NOT_FOUND");
  if (!row) throw new AppError("TASK_STATE_CONFLICT", { state: before.status, instead: "task.cannotRetry" });
  dispatchSoon(ctx);
  return summarizeTask(ctx, row, takers);
}

async function holdOf(ctx: Ctx, id: string): Promise<number> {
  const [row] = await ctx.deps.db.read((q) =>
    q.select({ hold: tasks.hold }).from(tasks).where(visibleTask(ctx, id)),
  );
  return row?.hold ?? 0;
}

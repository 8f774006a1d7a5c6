import { sql } from "drizzle-orm";
import { tasks } from "../../../schema/compute/tasks.ts";
import { actorName, type Ctx } from "../../core/context.ts";
import { cancelSoon } from "../agents/dispatch.ts";
import { tellOfEnding } from "../queue/ending-events.ts";
import { concludeTasks, endTasks } from "../queue/endings.ts";
import { deadlineBefore } from "../queue/leases.ts";
import { isRunOf } from "../queue/runs.ts";
import { transitions } from "../queue/transitions.ts";
import { forOverdueTasks } from "./overdue-tasks.ts";

/**
 * Fails tasks that have run for longer than they may; their holds come back. Safe to run twice.
 * @param asOf deadlines that end later stay. Milliseconds since 1970.
 */
export async function expireDeadlines(ctx: Ctx, asOf: number): Promise<void> {
  const overdue = deadlineBefore(asOf);
  await forOverdueTasks(ctx, overdue, async (runs) => {
    const now = ctx.deps.clock();
    const chosen = isRunOf(runs);
    const late = sql`${chosen} AND ${overdue}`;
    const ending = { cost: 0, errorMessage: "timed out" };
    const { ended } = await ctx.deps.db.write((q) => ({
      told: tellOfEnding(ctx, q, transitions.timedOut, late, ending, now),
      ended: endTasks(q, transitions.timedOut, late, ending, now).returning({ id: tasks.id }),
      concluded: concludeTasks(q, chosen, "timeout", actorName({ type: "system" }), now),
    }));
    const stopped = new Set(ended.map(({ id }) => id));
    for (const { taskId, attempt, serverId } of runs) {
      if (serverId !== null && stopped.has(taskId)) cancelSoon(ctx, { taskId, attempt, serverId });
    }
  });
}

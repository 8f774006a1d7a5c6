import { sql } from "drizzle-orm";
import { tasks } from "../../../schema/compute/tasks.ts";
import { actorName, type Ctx } from "../../core/context.ts";
import { tellOfEnding } from "../queue/ending-events.ts";
import { concludeTasks, endTasks } from "../queue/endings.ts";
import { leaseEndedBefore } from "../queue/leases.ts";
import { returnTasks } from "../queue/returns.ts";
import { isRunOf } from "../queue/runs.ts";
import { transitions } from "../queue/transitions.ts";
import { forOverdueTasks } from "./overdue-tasks.ts";

/** Leases that a task may lose before it has failed. */
const MAX_LOSSES = 3;

/**
 * Takes tasks from servers that were silent for too long: back to the queue, or, lost for the third time, failed and
 * paid back. One batch for each hundred; safe to run twice.
 * @param asOf leases that end later stay. Milliseconds since 1970.
 */
export async function expireLeases(ctx: Ctx, asOf: number): Promise<void> {
  const overdue = leaseEndedBefore(asOf);
  const count = await forOverdueTasks(ctx, overdue, async (runs) => {
    const now = ctx.deps.clock();
    const chosen = isRunOf(runs);
    const lost = sql`${chosen} AND ${overdue}`;
    const losses = sql<number>`${tasks.losses} + 1`;
    const lostTooOften = sql`${lost} AND ${losses} >= ${MAX_LOSSES}`;
    const ending = { cost: 0, errorMessage: "lost three times: no server could finish it", losses };
    await ctx.deps.db.write((q) => ({
      told: tellOfEnding(ctx, q, transitions.lostTooOften, lostTooOften, ending, now),
      failed: endTasks(q, transitions.lostTooOften, lostTooOften, ending, now),
      returned: returnTasks(q, transitions.leaseLost, lost, now, { losses }),
      concluded: concludeTasks(q, chosen, "lost", actorName({ type: "system" }), now),
    }));
  });
  if (count > 0) ctx.deps.log.warn("leases lost", { tasks: count });
}

import type { SQL } from "drizzle-orm";
import type { Ctx } from "../../core/context.ts";
import { selectOverdue } from "../queue/leases.ts";
import type { TaskRun } from "../queue/runs.ts";

/** Tasks in one batch. */
const SLICE = 100;
/** Batches in one go: what is left has its turn in the next. */
const MAX_SLICES = 20;

export type OverdueRun = TaskRun & { serverId: string | null };

/**
 * Hands the running tasks that are overdue to `work`, some at a time. It has to change them so that they no longer are.
 * @param overdue a condition on `tasks`
 * @returns how many there were
 */
export async function forOverdueTasks(
  ctx: Ctx,
  overdue: SQL,
  work: (runs: OverdueRun[]) => Promise<void>,
): Promise<number> {
  let count = 0;
  for (let slice = 0; slice < MAX_SLICES; slice++) {
    const runs = await ctx.deps.db.read((q) => selectOverdue(q, overdue, SLICE));
    if (runs.length === 0) break;
    await work(runs);
    count += runs.length;
  }
  return count;
}

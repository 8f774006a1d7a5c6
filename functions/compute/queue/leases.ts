import { sql, type SQL } from "drizzle-orm";
import { tasks } from "../../../schema/compute/tasks.ts";
import type { Ctx } from "../../core/context.ts";
import { cancelSoon } from "../agents/dispatch.ts";
import { unassigned } from "../agents/push.ts";
import { concludeTasks, endTasks } from "./endings.ts";

/** Leases that a task may lose before it has failed. */
const MAX_LOSSES = 3;
/** Tasks in one batch. */
const SLICE = 100;
/** Batches in one run: what is left has its turn in the next. */
const MAX_SLICES = 20;

const ACTOR = "system";

/** Works through the running tasks that `overdue` names, some at a time. Returns how many there were. */
async function inSlices(
  ctx: Ctx,
  overdue: SQL,
  work: (chosen: SQL, found: Stopped[]) => Promise<void>,
): Promise<number> {
  let count = 0;
  for (let slice = 0; slice < MAX_SLICES; slice++) {
    const found = await ctx.deps.db.read((q) =>
      q
        .select({ taskId: tasks.id, attempt: tasks.attempt, serverId: tasks.gpuServerId })
        .from(tasks)
        .where(sql`status = 'running' AND ${overdue}`)
        .limit(SLICE),
    );
    if (found.length === 0) break;
    const attempts = JSON.stringify(found.map(({ taskId, attempt }) => [taskId, attempt]));
    await work(
      sql`(id, attempt) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(${attempts}))`,
      found,
    );
    count += found.length;
  }
  return count;
}

type Stopped = { taskId: string; attempt: number; serverId: string | null };

/**
 * Takes tasks from servers that were silent for too long: back to the queue, or, lost for the third time, failed and
 * paid back. One batch for each hundred; safe to run twice.
 * @param asOf leases that end later stay. Milliseconds since 1970.
 */
export async function expireLeases(ctx: Ctx, asOf: number): Promise<void> {
  const overdue = sql`lease_until < ${asOf}`;
  const count = await inSlices(ctx, overdue, async (chosen) => {
    const now = ctx.deps.clock();
    const lost = sql`${chosen} AND status = 'running' AND ${overdue}`;
    const losses = sql<number>`${tasks.losses} + 1`;
    await ctx.deps.db.write((q) => [
      endTasks(
        q,
        sql`${lost} AND losses + 1 >= ${MAX_LOSSES}`,
        { status: "failed", cost: 0, errorMessage: "lost three times: no server could finish it", losses },
        now,
      ),
      q
        .update(tasks)
        .set({ ...unassigned, losses, updatedAt: now })
        .where(lost),
      ...concludeTasks(q, chosen, "lost", ACTOR, now),
    ]);
  });
  if (count > 0) ctx.deps.log.warn("leases lost", { tasks: count });
}

/**
 * Fails tasks that have run for longer than they may; their holds come back. Safe to run twice.
 * @param asOf deadlines that end later stay. Milliseconds since 1970.
 */
export async function expireDeadlines(ctx: Ctx, asOf: number): Promise<void> {
  const overdue = sql`deadline_at < ${asOf}`;
  await inSlices(ctx, overdue, async (chosen, found) => {
    const now = ctx.deps.clock();
    const late = sql`${chosen} AND status = 'running' AND ${overdue}`;
    const [ended] = await ctx.deps.db.write((q) => [
      endTasks(q, late, { status: "failed", cost: 0, errorMessage: "timed out" }, now).returning({
        id: tasks.id,
      }),
      ...concludeTasks(q, chosen, "timeout", ACTOR, now),
    ]);
    const stopped = new Set(ended.map(({ id }) => id));
    for (const { taskId, attempt, serverId } of found) {
      if (serverId !== null && stopped.has(taskId)) cancelSoon(ctx, { taskId, attempt, serverId });
    }
  });
}

import { sql } from "drizzle-orm";
import { taskOutputs } from "../../../schema/compute/files.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import type { Ctx } from "../../core/context.ts";
import { isIn } from "../queue/transitions.ts";

/** Outputs looked at in one batch. */
const SLICE = 1000;

/**
 * Deletes outputs of runs that are neither under way nor completed. Whatever ends a run deletes its outputs itself; this job
 * catches what was missed. It looks at every output once a day, a slice at a time.
 * @param cursor the id of the output that was looked at last
 */
export async function sweepOutputs(ctx: Ctx, cursor: string | null): Promise<string | null> {
  const { db, log } = ctx.deps;
  let after = Number(cursor ?? 0);
  while (ctx.mayGoOn()) {
    const slice = sql`SELECT ${taskOutputs.id} FROM ${taskOutputs} WHERE ${taskOutputs.id} > ${after}
      ORDER BY ${taskOutputs.id} LIMIT ${SLICE}`;
    const keepers = sql`SELECT 1 FROM ${tasks} WHERE ${tasks.id} = ${taskOutputs.taskId}
      AND ${tasks.attempt} = ${taskOutputs.attempt} AND ${isIn(["running", "completed"])}`;
    const { last, deleted } = await db.write((q) => ({
      last: q.select({ id: sql<number | null>`max(id)` }).from(sql`(${slice})`),
      deleted: q
        .delete(taskOutputs)
        .where(sql`${taskOutputs.id} IN (${slice}) AND NOT EXISTS (${keepers})`)
        .returning({ id: taskOutputs.id }),
    }));
    if (deleted.length > 0) log.warn("outputs without their attempt deleted", { files: deleted.length });
    const [reached] = last;
    if (reached?.id == null) return null;
    after = reached.id;
  }
  return String(after);
}

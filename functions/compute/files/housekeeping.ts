import { sql } from "drizzle-orm";
import { taskInputs, taskInputUses, taskOutputs } from "../../../schema/compute/files.ts";
import type { Ctx } from "../../core/context.ts";

/** How long an input that no open task uses is kept after its upload. */
export const INPUT_MEMORY_MS = 7 * 24 * 3600_000;
/** Rows deleted or looked at in one statement. */
const SLICE = 1000;

/** Deletes inputs that were sent long ago and that no open task uses; their objects follow after the grace period. */
export async function expireInputs(ctx: Ctx): Promise<void> {
  const { db, clock, log } = ctx.deps;
  const old = clock() - INPUT_MEMORY_MS;
  const expired = sql`SELECT id FROM task_inputs AS sent WHERE created_at < ${old} AND NOT EXISTS (
      SELECT 1 FROM task_input_uses AS used JOIN tasks ON tasks.id = used.task_id
      WHERE used.input_id = sent.id AND tasks.status IN ('pending', 'running')
    ) ORDER BY created_at, id LIMIT ${SLICE}`;
  let deleted: unknown[];
  do {
    [, deleted] = await db.write((q) => [
      q.delete(taskInputUses).where(sql`${taskInputUses.inputId} IN (${expired})`),
      q
        .delete(taskInputs)
        .where(sql`${taskInputs.id} IN (${expired})`)
        .returning({ gone: sql`1` }),
    ]);
    if (deleted.length > 0) log.info("inputs expired", { files: deleted.length });
  } while (deleted.length === SLICE && ctx.mayGoOn());
}

/**
 * Deletes outputs of attempts that neither run nor completed. What ends an attempt deletes its outputs itself; this is
 * the net under it, and looks at every output once a day, a slice at a time.
 * @param cursor the id of the output looked at last
 */
export async function sweepOutputs(ctx: Ctx, cursor: string | null): Promise<string | null> {
  const { db, log } = ctx.deps;
  let after = Number(cursor ?? 0);
  while (ctx.mayGoOn()) {
    const looked = sql`SELECT id FROM task_outputs WHERE id > ${after} ORDER BY id LIMIT ${SLICE}`;
    const [[last], deleted] = await db.write((q) => [
      q.select({ id: sql<number | null>`max(id)` }).from(sql`(${looked})`),
      q
        .delete(taskOutputs)
        .where(
          sql`${taskOutputs.id} IN (${looked}) AND NOT EXISTS (SELECT 1 FROM tasks WHERE tasks.id = task_outputs.task_id
            AND tasks.attempt = task_outputs.attempt AND tasks.status IN ('running', 'completed'))`,
        )
        .returning({ id: taskOutputs.id }),
    ]);
    if (deleted.length > 0) log.warn("outputs without their attempt deleted", { files: deleted.length });
    if (last?.id == null) return null;
    after = last.id;
  }
  return String(after);
}

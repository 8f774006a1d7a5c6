import { sql } from "drizzle-orm";
import { taskInputs, taskInputUses } from "../../../schema/compute/files.ts";
import type { Ctx } from "../../core/context.ts";
import { expiredInputs } from "./task-inputs.sql.ts";

/** How long an input that no open task uses is kept after its upload. */
export const INPUT_MEMORY_MS = 7 * 24 * 3600_000;
/** Inputs deleted in one batch. */
const SLICE = 1000;

/** Deletes inputs that were sent long ago and that no open task uses; their objects follow after the grace period. */
export async function expireInputs(ctx: Ctx): Promise<void> {
  const { db, clock, log } = ctx.deps;
  const expired = expiredInputs(clock() - INPUT_MEMORY_MS, SLICE);
  let files: number;
  do {
    const { deleted } = await db.write((q) => ({
      uses: q.delete(taskInputUses).where(sql`${taskInputUses.inputId} IN (${expired})`),
      deleted: q
        .delete(taskInputs)
        .where(sql`${taskInputs.id} IN (${expired})`)
        .returning({ gone: sql`1` }),
    }));
    files = deleted.length;
    if (files > 0) log.info("inputs expired", { files });
  } while (files === SLICE && ctx.mayGoOn());
}

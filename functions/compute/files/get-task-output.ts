import { sql } from "drizzle-orm";
import { taskOutputs } from "../../../schema/compute/files.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { visibleTask } from "../tasks/task-summary.ts";
import { signFile } from "./task-files.ts";
import { selectOutputs } from "./task-outputs.ts";

/** A signed GET of a completed task's output. @throws AppError TASK_OUTPUT_NOT_FOUND. */
export async function getTaskOutputUrl(ctx: Ctx, id: string, fileName: string): Promise<string> {
  const [file] = await ctx.deps.db.read((q) =>
    selectOutputs(q, sql`${visibleTask(ctx, id)} AND ${taskOutputs.fileName} = ${fileName}`),
  );
  if (!file) throw new AppError("TASK_OUTPUT_NOT_FOUND");
  return signFile(ctx, file);
}

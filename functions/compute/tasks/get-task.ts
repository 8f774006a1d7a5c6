import { tasks } from "../../../schema/compute/tasks.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { outputLink } from "../files/output-links.ts";
import { selectOutputs } from "../files/task-outputs.ts";
import { selectTakers } from "./takers.sql.ts";
import { summarizeTask, taskSummaryColumns, visibleTask } from "./task-summary.ts";

/** Output files in one answer; any other is still to be had by its name. */
const OUTPUTS_IN_ANSWER = 1000;

/** A task with all that is known of it, its outputs as links. One round trip. @throws AppError TASK_NOT_FOUND. */
export async function getTask(ctx: Ctx, id: string) {
  const visible = visibleTask(ctx, id);
  const { found, files, takers } = await ctx.deps.db.readBatch((q) => ({
    found: q
      .select({ ...taskSummaryColumns, config: tasks.config, result: tasks.result })
      .from(tasks)
      .where(visible),
    files: selectOutputs(q, visible).limit(OUTPUTS_IN_ANSWER),
    takers: selectTakers(q, visible),
  }));
  const [row] = found;
  if (!row) throw new AppError("TASK_NOT_FOUND");
  const outputs = files.map(({ fileName, size, sha256, downloadCount }) => ({
    file_name: fileName,
    size,
    sha256,
    download_count: downloadCount,
    download_url: outputLink(ctx, id, fileName),
  }));
  return {
    ...summarizeTask(ctx, row, takers),
    config: row.config,
    result: row.result,
    outputs,
  };
}

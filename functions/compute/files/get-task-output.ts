import { sql, type SQL } from "drizzle-orm";
import { taskOutputs } from "../../../schema/compute/files.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { createDownloadCounts } from "../../downloads/counts.ts";
import type { ServedFile } from "../../downloads/links.ts";
import { SERVED_TYPE } from "../../storage/storage.ts";
import { visibleTask } from "../tasks/task-summary.ts";
import { isLinkToken } from "./output-links.ts";
import { signFile } from "./task-files.ts";
import { selectOutputs } from "./task-outputs.ts";

const downloads = createDownloadCounts(taskOutputs);

/** Writes the downloads of outputs counted in this isolate. */
export const flushOutputDownloads = downloads.flush;

type OutputName = {
  taskId: string;
  fileName: string;
  /** Of a link that needs no sign-in. */
  token?: string | undefined;
};

/** A completed task's output. One round trip. @throws AppError TASK_OUTPUT_NOT_FOUND, INVALID_TOKEN. */
export async function getTaskOutput(ctx: Ctx, name: OutputName): Promise<ServedFile> {
  const [file] = await ctx.deps.db.read((q) =>
    selectOutputs(q, sql`${chosenTask(ctx, name)} AND ${taskOutputs.fileName} = ${name.fileName}`),
  );
  if (!file) throw new AppError("TASK_OUTPUT_NOT_FOUND");
  return { ...file, contentType: SERVED_TYPE };
}

/** The same as a signed GET. @param begins whether the request begins a download, which is counted then */
export async function getTaskOutputUrl(ctx: Ctx, name: OutputName, begins: boolean): Promise<string> {
  const file = await getTaskOutput(ctx, name);
  const url = await signFile(ctx, file);
  if (begins) downloads.add(ctx, file.id);
  return url;
}

function chosenTask(ctx: Ctx, { taskId, fileName, token }: OutputName): SQL {
  const isLinked = token !== undefined && isLinkToken(ctx, taskId, fileName, token);
  return isLinked ? sql`${tasks.id} = ${taskId}` : visibleTask(ctx, taskId);
}

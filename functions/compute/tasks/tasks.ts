import { and, asc, eq, sql, type SQL } from "drizzle-orm";
import { taskOutputs } from "../../../schema/compute/files.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import { blobs } from "../../../schema/uploads.ts";
import { requireUser } from "../../accounts/sign-in/sessions.ts";
import { absoluteUrl, type Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { signFile } from "../files/task-files.ts";

type Row = typeof tasks.$inferSelect;

/** Output files in one answer; any other is still to be had by its name. */
const SHOWN_OUTPUTS = 1000;

/** What lists and changes show of a task: all but what may be large. */
export const summaryColumns = {
  id: tasks.id,
  userId: tasks.userId,
  title: tasks.title,
  description: tasks.description,
  taskType: tasks.taskType,
  status: tasks.status,
  progress: tasks.progress,
  priority: tasks.priority,
  gpuServerId: tasks.gpuServerId,
  errorMessage: tasks.errorMessage,
  cost: tasks.cost,
  estimatedDuration: tasks.estimatedDuration,
  attempt: tasks.attempt,
  startedAt: tasks.startedAt,
  completedAt: tasks.completedAt,
  createdAt: tasks.createdAt,
  updatedAt: tasks.updatedAt,
};

const isoOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** A task as lists and changes answer it. */
export function summarize(row: Pick<Row, keyof typeof summaryColumns>) {
  return {
    id: row.id,
    user_id: row.userId,
    title: row.title,
    description: row.description,
    task_type: row.taskType,
    status: row.status,
    progress: row.progress,
    priority: row.priority,
    gpu_server_id: row.gpuServerId,
    error_message: row.errorMessage,
    cost: row.cost / 100,
    estimated_duration: row.estimatedDuration,
    attempt: row.attempt,
    started_at: isoOrNull(row.startedAt),
    completed_at: isoOrNull(row.completedAt),
    created_at: new Date(row.createdAt).toISOString(),
    updated_at: new Date(row.updatedAt).toISOString(),
  };
}

export type TaskSummary = ReturnType<typeof summarize>;

/**
 * The condition for the one task of this id, if the signed-in user has to do with it: its owner and administrators.
 * @throws AppError INVALID_TOKEN.
 */
export function visible({ actor }: Ctx, id: string): SQL {
  const user = requireUser(actor);
  return user.role === "admin"
    ? sql`${tasks.id} = ${id}`
    : sql`${tasks.id} = ${id} AND ${tasks.userId} = ${user.id}`;
}

/** A task with all that is known of it, its outputs as signed GETs. @throws AppError TASK_NOT_FOUND. */
export async function findTask(ctx: Ctx, id: string) {
  const [[row], files] = await ctx.deps.db.read((q) =>
    q.batch([
      q.select().from(tasks).where(visible(ctx, id)),
      q
        .select(outputColumns)
        .from(taskOutputs)
        .innerJoin(tasks, eq(tasks.id, taskOutputs.taskId))
        .innerJoin(blobs, eq(blobs.id, taskOutputs.blobId))
        .where(and(visible(ctx, id), isKept))
        .orderBy(asc(taskOutputs.fileName))
        .limit(SHOWN_OUTPUTS),
    ]),
  );
  if (!row) throw new AppError("TASK_NOT_FOUND");
  const outputs = files.map(async (file) => ({
    file_name: file.fileName,
    size: file.size,
    sha256: file.sha256,
    download_url: absoluteUrl(ctx, await signFile(ctx, file)),
  }));
  return {
    ...summarize(row),
    config: row.config,
    result: row.result,
    outputs: await Promise.all(outputs),
  };
}

/** A signed GET of a completed task's output. @throws AppError TASK_OUTPUT_NOT_FOUND. */
export async function outputUrl(ctx: Ctx, id: string, fileName: string): Promise<string> {
  const [file] = await ctx.deps.db.read((q) =>
    q
      .select(outputColumns)
      .from(taskOutputs)
      .innerJoin(tasks, eq(tasks.id, taskOutputs.taskId))
      .innerJoin(blobs, eq(blobs.id, taskOutputs.blobId))
      .where(and(visible(ctx, id), isKept, eq(taskOutputs.fileName, fileName))),
  );
  if (!file) throw new AppError("TASK_OUTPUT_NOT_FOUND");
  return signFile(ctx, file);
}

const outputColumns = {
  fileName: taskOutputs.fileName,
  size: taskOutputs.size,
  sha256: blobs.sha256,
  objectKey: blobs.objectKey,
};

/** Of the attempt that completed, not of one under way. */
const isKept = and(eq(taskOutputs.attempt, tasks.attempt), eq(tasks.status, "completed"));

import { asc, eq, sql, type SQL } from "drizzle-orm";
import { taskOutputs } from "../../../schema/compute/files.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import { blobs } from "../../../schema/uploads.ts";
import type { Query } from "../../core/database/database.ts";

/**
 * The files of the run that completed a task, by name; none of a run that is under way.
 * @param chosen a condition on `tasks`
 */
export const selectOutputs = (query: Query, chosen: SQL) =>
  query
    .select({
      id: taskOutputs.id,
      fileName: taskOutputs.fileName,
      size: taskOutputs.size,
      downloadCount: taskOutputs.downloadCount,
      sha256: blobs.sha256,
      objectKey: blobs.objectKey,
    })
    .from(taskOutputs)
    .innerJoin(tasks, eq(tasks.id, taskOutputs.taskId))
    .innerJoin(blobs, eq(blobs.id, taskOutputs.blobId))
    .where(sql`${chosen} AND ${tasks.status} = 'completed' AND ${taskOutputs.attempt} = ${tasks.attempt}`)
    .orderBy(asc(taskOutputs.fileName));

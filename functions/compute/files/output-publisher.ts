import { and, eq, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { taskOutputs } from "../../../schema/compute/files.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import { blobs } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import { refusals } from "../../core/database/refusals.ts";
import { AppError } from "../../core/errors.ts";
import { sha256Hex } from "../../kit/hash/hash.ts";
import type { Publisher } from "../../uploads/publisher.ts";
import { wellFormed } from "../../kit/text.ts";
import { validationFault } from "../../core/http/validation.ts";
import { isRun, type TaskRun } from "../queue/runs.ts";
import { isIn } from "../queue/transitions.ts";
import { requireFileName } from "./task-files.ts";
import { selectUploadingServer } from "./uploading-server.sql.ts";

const outputFields = z.object({
  agent_token: z.string().min(1).max(200),
  task_id: wellFormed(1, 100),
  attempt: z.int().min(1),
});

/** The run that the file belongs to. */
type OutputDraft = TaskRun & { serverId: string };

/** Files that a run produced. They are taken only while the run is its task's current one. */
export const outputPublisher: Publisher = {
  maxBytes: (ctx) => ctx.deps.config.MAX_OUTPUT_BYTES,
  mayBeEmpty: true,
  takenCode: "TASK_OUTPUT_EXISTS",
  description: {
    fields: outputFields,
    credential: "What an attempt made; none but the `agent_token` among its fields.",
    admissionErrors: ["INVALID_FILE_NAME", "INVALID_AGENT_TOKEN", "TASK_NOT_FOUND", "STALE_ATTEMPT"],
  },

  async admit(ctx, fields, { fileName }) {
    const draft = await currentRun(ctx, fields);
    requireFileName(fileName);
    const ofThisName = and(
      eq(taskOutputs.taskId, draft.taskId),
      eq(taskOutputs.attempt, draft.attempt),
      eq(taskOutputs.fileName, fileName),
    );
    const taken = sql`EXISTS (SELECT 1 FROM ${taskOutputs} WHERE ${ofThisName})`;
    return { owner: `agent:${draft.serverId}`, category: "output", draft, fileName, taken };
  },

  makeRoom: async () => false,

  publish(query, upload, now) {
    const draft = upload.draft as OutputDraft;
    return {
      output: query.insert(taskOutputs).values({
        taskId: whileCurrent(draft),
        attempt: draft.attempt,
        fileName: upload.fileName,
        blobId: upload.blobId,
        size: upload.size,
        uploadId: upload.fence,
        createdAt: now,
      }),
    };
  },

  refusals: refusals({
    "task_outputs.task_id": "STALE_ATTEMPT",
    "task_outputs.task_id, task_outputs.attempt, task_outputs.file_name": "TASK_OUTPUT_EXISTS",
    "task_outputs.upload_id": "ended",
    blobs_refs: "later",
  }),

  references: sql`SELECT ${taskOutputs.blobId} AS id FROM ${taskOutputs}`,

  published: () => undefined,

  async result(ctx, uploadId) {
    const [output] = await ctx.deps.db.read((q) =>
      q
        .select({
          task_id: taskOutputs.taskId,
          attempt: taskOutputs.attempt,
          file_name: taskOutputs.fileName,
          size: taskOutputs.size,
          sha256: blobs.sha256,
        })
        .from(taskOutputs)
        .innerJoin(blobs, eq(blobs.id, taskOutputs.blobId))
        .where(eq(taskOutputs.uploadId, uploadId)),
    );
    return output ?? null;
  },
};

/** The run that an agent's token, task and attempt name, if it is its task's current one. @throws AppError. */
async function currentRun(ctx: Ctx, fields: unknown): Promise<OutputDraft> {
  const given = fields ?? {};
  const parsed = outputFields.safeParse(given);
  if (!parsed.success) throw validationFault(parsed.error, ctx.locale, given);
  const { agent_token: token, task_id: taskId, attempt } = parsed.data;
  const [server] = await ctx.deps.db.read((q) =>
    selectUploadingServer(q, sha256Hex(token), { taskId, attempt }),
  );
  if (!server) throw new AppError("INVALID_AGENT_TOKEN");
  if (!server.hadTask && !server.isCurrent) throw new AppError("TASK_NOT_FOUND");
  if (!server.isCurrent) throw new AppError("STALE_ATTEMPT");
  return { taskId, attempt, serverId: server.id };
}

/** The task's id while this is its current run, else NULL. */
function whileCurrent({ serverId, ...run }: OutputDraft): SQL<string> {
  const isCurrent = sql`${isRun(run)} AND ${isIn(["running"])} AND ${tasks.gpuServerId} = ${serverId}`;
  return sql<string>`(SELECT ${tasks.id} FROM ${tasks} WHERE ${isCurrent})`;
}

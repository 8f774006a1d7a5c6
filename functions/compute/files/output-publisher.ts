import { and, eq, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { taskOutputs } from "../../../schema/compute/files.ts";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { taskRuns, tasks } from "../../../schema/compute/tasks.ts";
import { blobs } from "../../../schema/uploads.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { sha256Hex } from "../../kit/hash/hash.ts";
import type { Publisher } from "../../uploads/publisher.ts";
import { wellFormed } from "../../kit/text.ts";
import { validationFault } from "../../core/http/validation.ts";
import { requireFileName } from "./task-files.ts";

const outputFields = z.object({
  agent_token: z.string().min(1).max(200),
  task_id: wellFormed(1, 100),
  attempt: z.int().min(1),
});

type OutputDraft = { taskId: string; attempt: number; serverId: string };

/** Files that an attempt made, on the signed road of the uploads: taken while the attempt is its task's current one. */
export const outputPublisher: Publisher = {
  maxBytes: (ctx) => ctx.deps.config.MAX_OUTPUT_BYTES,
  takenCode: "TASK_OUTPUT_EXISTS",

  async admit(ctx, fields, { fileName }) {
    const draft = await currentAttempt(ctx, fields);
    requireFileName(fileName);
    const taken = sql`EXISTS (SELECT 1 FROM task_outputs
      WHERE task_id = ${draft.taskId} AND attempt = ${draft.attempt} AND file_name = ${fileName})`;
    return { owner: `agent:${draft.serverId}`, category: "output", draft, fileName, taken };
  },

  makeRoom: async () => false,

  publish(query, upload, now) {
    const draft = upload.draft as OutputDraft;
    return [
      query.insert(taskOutputs).values({
        taskId: whileCurrent(draft),
        attempt: draft.attempt,
        fileName: upload.fileName,
        blobId: upload.blobId,
        size: upload.size,
        uploadId: upload.fence,
        createdAt: now,
      }),
    ];
  },

  refusals: {
    "task_outputs.task_id": "STALE_ATTEMPT",
    "task_outputs.task_id, task_outputs.attempt, task_outputs.file_name": "TASK_OUTPUT_EXISTS",
    "task_outputs.upload_id": "ended",
    blobs_refs: "later",
  },

  references: sql`SELECT blob_id AS id FROM task_outputs`,

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

/** The attempt that an agent's token, task and attempt stand for. @throws AppError. */
async function currentAttempt(ctx: Ctx, fields: unknown): Promise<OutputDraft> {
  const given = fields ?? {};
  const parsed = outputFields.safeParse(given);
  if (!parsed.success) throw validationFault(parsed.error, ctx.locale, given);
  const { agent_token: token, task_id: taskId, attempt } = parsed.data;
  const [server] = await ctx.deps.db.read((q) =>
    q
      .select({
        id: gpuServers.id,
        knows: sql<number>`EXISTS (SELECT 1 FROM ${taskRuns} WHERE task_id = ${taskId} AND server_id = gpu_servers.id)`,
        current: sql<number>`EXISTS (SELECT 1 FROM ${tasks} WHERE id = ${taskId} AND status = 'running'
          AND attempt = ${attempt} AND gpu_server_id = gpu_servers.id)`,
      })
      .from(gpuServers)
      .where(eq(gpuServers.tokenHash, sha256Hex(token))),
  );
  if (!server) throw new AppError("INVALID_AGENT_TOKEN");
  if (!server.knows && !server.current) throw new AppError("TASK_NOT_FOUND");
  if (!server.current) throw new AppError("STALE_ATTEMPT");
  return { taskId, attempt, serverId: server.id };
}

/** The task's id while this is its current attempt, else NULL. */
function whileCurrent({ taskId, attempt, serverId }: OutputDraft): SQL<string> {
  const current = and(
    eq(tasks.id, taskId),
    eq(tasks.status, "running"),
    eq(tasks.attempt, attempt),
    eq(tasks.gpuServerId, serverId),
  );
  return sql<string>`(SELECT ${tasks.id} FROM ${tasks} WHERE ${current})`;
}

import { eq, sql } from "drizzle-orm";
import { taskInputs } from "../../../schema/compute/files.ts";
import { blobs } from "../../../schema/uploads.ts";
import { requireUser } from "../../accounts/sign-in/sessions.ts";
import { refusals } from "../../core/database/refusals.ts";
import type { Publisher } from "../../uploads/publisher.ts";
import { INPUT_MEMORY_MS } from "./expire-inputs.ts";
import { requireFileName } from "./task-files.ts";
import { keptBytesOf, openBytesOf } from "./task-inputs.sql.ts";

/** The limit in bytes of its user's inputs at the moment when the upload was let in. */
type InputDraft = { limit: number };

/** Files that users upload for their tasks; a task's config names them by upload id. */
export const inputPublisher: Publisher = {
  maxBytes: (ctx) => ctx.deps.config.MAX_INPUT_BYTES,
  mayBeEmpty: true,
  takenCode: "INPUT_QUOTA_EXCEEDED",
  description: {
    fields: undefined,
    credential: "A file for tasks; with a user's token.",
    admissionErrors: ["INVALID_FILE_NAME", "INVALID_TOKEN"],
  },

  async admit(ctx, _fields, { fileName, size }) {
    const { id } = requireUser(ctx.actor);
    requireFileName(fileName);
    const draft: InputDraft = { limit: ctx.deps.config.INPUT_BYTES_PER_USER };
    const taken = sql`${keptBytesOf(id)} + ${openBytesOf(id)} + ${size} > ${draft.limit}`;
    return { owner: id, category: "input", draft, fileName, taken };
  },

  makeRoom: async () => false,

  publish(query, { draft, owner, fileName, blobId, size, fence }, now) {
    const { limit } = draft as InputDraft;
    return {
      input: query.insert(taskInputs).values({
        userId: owner,
        fileName,
        blobId,
        size: sql`CASE WHEN ${keptBytesOf(owner)} + ${size} <= ${limit} THEN ${size} END`,
        uploadId: fence,
        createdAt: now,
      }),
    };
  },

  refusals: refusals({
    "task_inputs.size": "INPUT_QUOTA_EXCEEDED",
    "task_inputs.upload_id": "ended",
    blobs_refs: "later",
  }),

  refusalParams: (ctx) => ({ limit: ctx.deps.config.INPUT_BYTES_PER_USER }),

  references: sql`SELECT ${taskInputs.blobId} AS id FROM ${taskInputs}`,

  published: () => undefined,

  async result(ctx, uploadId) {
    const [input] = await ctx.deps.db.read((q) =>
      q
        .select({
          fileName: taskInputs.fileName,
          size: taskInputs.size,
          createdAt: taskInputs.createdAt,
          sha256: blobs.sha256,
        })
        .from(taskInputs)
        .innerJoin(blobs, eq(blobs.id, taskInputs.blobId))
        .where(eq(taskInputs.uploadId, uploadId)),
    );
    if (!input) return null;
    return {
      input: uploadId,
      file_name: input.fileName,
      size: input.size,
      sha256: input.sha256,
      kept_until: new Date(input.createdAt + INPUT_MEMORY_MS).toISOString(),
    };
  },
};

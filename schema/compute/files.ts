import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { users } from "../accounts.ts";
import { createdAt, serialId } from "../columns.ts";
import { blobs } from "../uploads.ts";
import { tasks } from "./tasks.ts";

/** Files that users sent for their tasks. */
export const taskInputs = sqliteTable(
  "task_inputs",
  {
    id: serialId(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    fileName: text("file_name").notNull(),
    blobId: integer("blob_id")
      .notNull()
      .references(() => blobs.id),
    size: integer("size").notNull(),
    /** A task's config names its inputs by this id. */
    uploadId: text("upload_id").notNull().unique(),
    createdAt: createdAt(),
  },
  (t) => [
    index("task_inputs_user").on(t.userId, t.size),
    index("task_inputs_age").on(t.createdAt),
    index("task_inputs_blob").on(t.blobId),
  ],
);

export const taskInputUses = sqliteTable(
  "task_input_uses",
  {
    taskId: text("task_id")
      .notNull()
      .references(() => tasks.id, { onDelete: "cascade" }),
    /** NULL is refused: no such input of this user. */
    inputId: integer("input_id")
      .notNull()
      .references(() => taskInputs.id),
  },
  (t) => [primaryKey({ columns: [t.taskId, t.inputId] }), index("task_input_uses_input").on(t.inputId)],
);

/** Files that an attempt produced. Those of an attempt that did not complete are deleted. */
export const taskOutputs = sqliteTable(
  "task_outputs",
  {
    id: serialId(),
    taskId: text("task_id")
      .notNull()
      .references(() => tasks.id, { onDelete: "cascade" }),
    attempt: integer("attempt").notNull(),
    fileName: text("file_name").notNull(),
    blobId: integer("blob_id")
      .notNull()
      .references(() => blobs.id),
    size: integer("size").notNull(),
    uploadId: text("upload_id").notNull().unique(),
    downloadCount: integer("download_count").notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("task_outputs_name").on(t.taskId, t.attempt, t.fileName),
    index("task_outputs_blob").on(t.blobId),
  ],
);

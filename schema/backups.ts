import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { createdAt, serialId } from "./columns.ts";
import { blobs } from "./uploads.ts";

export const backupTypes = ["program", "plugin"] as const;

/** Backups of users who are known only by a key that they chose themselves. */
export const backups = sqliteTable(
  "backups",
  {
    id: serialId(),
    /** NULL is refused: the key has as many backups as it may have. */
    userKey: text("user_key").notNull(),
    backupType: text("backup_type", { enum: backupTypes }).notNull(),
    /** The plugin that it belongs to, in the client's words; may be empty. */
    pluginName: text("plugin_name").notNull().default(""),
    fileName: text("file_name").notNull(),
    description: text("description").notNull(),
    blobId: integer("blob_id")
      .notNull()
      .references(() => blobs.id),
    /** NULL is refused: there is no room left for this key. */
    size: integer("size").notNull(),
    uploadId: text("upload_id").notNull().unique(),
    createdAt: createdAt(),
  },
  (t) => [index("backups_key").on(t.userKey, t.id, t.size), index("backups_blob").on(t.blobId)],
);

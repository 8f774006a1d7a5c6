import { sql } from "drizzle-orm";
import { backups } from "../../schema/backups.ts";
import { refusals } from "../core/database/refusals.ts";
import { requirePlainName } from "../core/file-name.ts";
import { sha256Hex } from "../kit/hash/hash.ts";
import type { Publisher } from "../uploads/publisher.ts";
import { backupFields, readBackupFields, type BackupFields } from "./backup-fields.ts";
import { checkLimits, hasPlace, hasRoom, limitsOf, type BackupLimits } from "./backup-limits.ts";
import { findUploadedBackup } from "./backups.ts";

/**
 * One stored name for all objects, so that identical bytes are stored once, whatever they are called and whoever sent them.
 */
const OBJECT_NAME = "backup.zip";

/** The documented largest file by form. */
const MAX_FORM_BYTES = 100 * 1024 * 1024;

/** A backup before its bytes have arrived, with the limits that held when it was let in. */
type BackupDraft = BackupFields & { file_name: string; limits: BackupLimits };

/** Backups of user keys on the road of the uploads, by form or signed URL. */
export const backupPublisher: Publisher = {
  maxBytes: (ctx) => ctx.deps.config.MAX_BACKUP_BYTES,
  takenCode: "BACKUP_QUOTA_EXCEEDED",
  description: {
    fields: backupFields,
    credential: "None but the `user_key` among its fields.",
    admissionErrors: ["INVALID_FILE_NAME", "BACKUP_LIMIT_EXCEEDED"],
  },
  anonymous: true,
  maxFormBytes: MAX_FORM_BYTES,
  command: "slipway backup push",

  async admit(ctx, fields, file) {
    const read = readBackupFields(fields, ctx.locale);
    requirePlainName(file.fileName);
    await checkLimits(ctx, read.user_key, file.size);
    const limits = limitsOf(ctx);
    const draft: BackupDraft = { ...read, file_name: file.fileName, limits };
    return {
      owner: `backup:${sha256Hex(read.user_key)}`,
      category: "backup",
      draft,
      fileName: OBJECT_NAME,
      taken: sql`NOT (${hasRoom(read.user_key, file.size, limits)})`,
    };
  },

  makeRoom: () => Promise.resolve(false),

  publish(query, upload, now) {
    const { user_key, backup_type, plugin_name, file_name, description, limits } =
      upload.draft as BackupDraft;
    return {
      backup: query.insert(backups).values({
        userKey: sql`CASE WHEN ${hasPlace(user_key, limits)} THEN ${user_key} END`,
        backupType: backup_type,
        pluginName: plugin_name,
        fileName: file_name,
        description,
        blobId: upload.blobId,
        size: sql`CASE WHEN ${hasRoom(user_key, upload.size, limits)} THEN ${upload.size} END`,
        uploadId: upload.fence,
        createdAt: now,
      }),
    };
  },

  refusals: refusals({
    "backups.user_key": "BACKUP_LIMIT_EXCEEDED",
    "backups.size": "BACKUP_QUOTA_EXCEEDED",
    "backups.upload_id": "ended",
    blobs_refs: "later",
  }),

  refusalParams: (ctx, code) => {
    const { count, bytes } = limitsOf(ctx);
    return { limit: code === "BACKUP_LIMIT_EXCEEDED" ? count : bytes };
  },

  references: sql`SELECT ${backups.blobId} AS id FROM ${backups}`,

  published: () => undefined,

  result: (ctx, uploadId) => findUploadedBackup(ctx, uploadId),
};

import { and, eq, sql, type SQL } from "drizzle-orm";
import { backups } from "../../schema/backups.ts";
import { blobs } from "../../schema/uploads.ts";
import { audited } from "../core/audit.ts";
import { requireAdmin } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { readPages, type PagedRow } from "../core/database/row-pages.ts";
import { signDownload } from "../downloads/links.ts";
import { SERVED_TYPE } from "../storage/storage.ts";
import { savedName } from "./saved-names.ts";

/** A backup as clients see it. */
export type Backup = {
  id: number;
  user_key: string;
  backup_type: "program" | "plugin";
  plugin_name: string;
  file_name: string;
  file_path: string;
  file_size: number;
  file_hash: string;
  description: string;
  created_at: string;
};

/** A backup by its id, for whoever knows its key. */
type BackupOfKey = { user_key: string; id: number };

type BackupPages = AsyncGenerator<Backup[], void>;

/** The backups of a user key, newest first, in pages. */
export function listBackups(ctx: Ctx, userKey: string): BackupPages {
  return readBackups(ctx, eq(backups.userKey, userKey));
}

/** The backups of all user keys, newest first, in pages; for administrators. */
export function listAllBackups(ctx: Ctx): BackupPages {
  requireAdmin(ctx);
  return readBackups(ctx, sql`true`);
}

/**
 * A signed GET of a backup, under the name that it is saved as.
 * @throws AppError BACKUP_NOT_FOUND, for another key's backup too.
 */
export async function signBackup(ctx: Ctx, key: BackupOfKey): Promise<string> {
  const backup = await findBackup(ctx, isBackup(key));
  if (!backup) throw new AppError("BACKUP_NOT_FOUND");
  const [objectKey, fileName] = [backup.file_path, savedName(backup)];
  return signDownload(ctx, { objectKey, fileName, contentType: SERVED_TYPE });
}

/** Deletes a backup as an administrator. @throws AppError BACKUP_NOT_FOUND. */
export function deleteAnyBackup(ctx: Ctx, key: BackupOfKey): Promise<void> {
  requireAdmin(ctx);
  return deleteBackup(ctx, key);
}

/**
 * Deletes a backup for whoever knows its key; its object follows after the grace period.
 * @throws AppError BACKUP_NOT_FOUND, for another key's backup too.
 */
export async function deleteBackup(ctx: Ctx, key: BackupOfKey): Promise<void> {
  const entry = { action: "backup.delete", target: String(key.id) };
  const { deleted } = await ctx.deps.db.write((q) => {
    const change = q.delete(backups).where(isBackup(key)).returning({ id: backups.id });
    return { deleted: audited(ctx, q, change, entry) };
  });
  if (deleted.change.length === 0) throw new AppError("BACKUP_NOT_FOUND");
}

/** The backup that an upload became, or null when it has been deleted since. */
export async function findUploadedBackup(ctx: Ctx, uploadId: string): Promise<Backup | null> {
  return (await findBackup(ctx, eq(backups.uploadId, uploadId))) ?? null;
}

const isBackup = ({ id, user_key }: BackupOfKey) => and(eq(backups.id, id), eq(backups.userKey, user_key));

/** What is read of a backup and its file. */
export const backupColumns = {
  id: backups.id,
  userKey: backups.userKey,
  backupType: backups.backupType,
  pluginName: backups.pluginName,
  fileName: backups.fileName,
  objectKey: blobs.objectKey,
  size: backups.size,
  sha256: blobs.sha256,
  description: backups.description,
  createdAt: backups.createdAt,
};

async function* readBackups(ctx: Ctx, where: SQL): BackupPages {
  const from = sql`${backups} INNER JOIN ${blobs} ON ${eq(blobs.id, backups.blobId)}`;
  const source = { columns: backupColumns, from, where, key: backups.id, descending: true };
  for await (const page of readPages(ctx.deps.db, source)) yield page.map(backupOf);
}

async function findBackup(ctx: Ctx, where: SQL | undefined): Promise<Backup | undefined> {
  const [row] = await ctx.deps.db.read((q) =>
    q.select(backupColumns).from(backups).innerJoin(blobs, eq(blobs.id, backups.blobId)).where(where),
  );
  return row && backupOf(row);
}

/** A backup as clients see it. */
export function backupOf(row: PagedRow<typeof backupColumns>): Backup {
  return {
    id: row.id,
    user_key: row.userKey,
    backup_type: row.backupType,
    plugin_name: row.pluginName,
    file_name: row.fileName,
    file_path: row.objectKey,
    file_size: row.size,
    file_hash: row.sha256,
    description: row.description,
    created_at: new Date(row.createdAt).toISOString(),
  };
}

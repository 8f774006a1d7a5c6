import { and, desc, eq, type SQL } from "drizzle-orm";
import { audit } from "../../schema/admin.ts";
import { backups } from "../../schema/backups.ts";
import { blobs } from "../../schema/uploads.ts";
import { auditChange } from "../accounts/audit.ts";
import { requireAdmin } from "../accounts/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { SERVED_TYPE } from "../core/storage.ts";
import { savedName } from "./backup-name.ts";

/** Seconds. Long enough to resume a large download over a slow line; unreferenced objects live longer still. */
const URL_SECONDS = 6 * 3600;

/** A backup as contract 3 shows it. */
export type Backup = {
  id: number;
  user_key: string;
  backup_type: "program" | "plugin";
  file_name: string;
  file_path: string;
  file_size: number;
  file_hash: string;
  description: string;
  created_at: string;
};

export type BackupList = { total: number; backups: Backup[] };

/** The backups of a user key, newest first. */
export async function listBackups(ctx: Ctx, userKey: string): Promise<BackupList> {
  return listed(await findBackups(ctx, eq(backups.userKey, userKey)));
}

/** The backups of all user keys, newest first; for administrators. */
export async function listAllBackups(ctx: Ctx): Promise<BackupList> {
  requireAdmin(ctx);
  return listed(await findBackups(ctx, undefined));
}

/**
 * A signed GET of a backup under contract 3's file name.
 * @throws AppError BACKUP_NOT_FOUND, for another key's backup too.
 */
export async function redirectDownload(ctx: Ctx, of: { user_key: string; id: number }): Promise<string> {
  const [backup] = await findBackups(ctx, and(eq(backups.id, of.id), eq(backups.userKey, of.user_key)));
  if (!backup) throw new AppError("BACKUP_NOT_FOUND");
  return ctx.deps.storage.signGet(backup.file_path, {
    expiresIn: URL_SECONDS,
    fileName: savedName(backup),
    contentType: SERVED_TYPE,
  });
}

/** Deletes a backup; its object follows after the grace period. @throws AppError BACKUP_NOT_FOUND. */
export async function deleteBackup(ctx: Ctx, of: { user_key: string; id: number }): Promise<void> {
  requireAdmin(ctx);
  const [rows] = await ctx.deps.db.write((q) => [
    q
      .delete(backups)
      .where(and(eq(backups.id, of.id), eq(backups.userKey, of.user_key)))
      .returning({ id: backups.id }),
    q.insert(audit).select(auditChange(ctx, "backup.delete", String(of.id))),
  ]);
  if (rows.length === 0) throw new AppError("BACKUP_NOT_FOUND");
}

/** The backup that an upload became, or null when it has been deleted since. */
export async function describeUpload(ctx: Ctx, uploadId: string): Promise<Backup | null> {
  const [backup] = await findBackups(ctx, eq(backups.uploadId, uploadId));
  return backup ?? null;
}

const listed = (found: Backup[]): BackupList => ({ total: found.length, backups: found });

async function findBackups(ctx: Ctx, where: SQL | undefined): Promise<Backup[]> {
  const rows = await ctx.deps.db.read((q) =>
    q
      .select({ backup: backups, objectKey: blobs.objectKey, sha256: blobs.sha256 })
      .from(backups)
      .innerJoin(blobs, eq(blobs.id, backups.blobId))
      .where(where)
      .orderBy(desc(backups.id)),
  );
  return rows.map(({ backup, objectKey, sha256 }) => ({
    id: backup.id,
    user_key: backup.userKey,
    backup_type: backup.backupType,
    file_name: backup.fileName,
    file_path: objectKey,
    file_size: backup.size,
    file_hash: sha256,
    description: backup.description,
    created_at: new Date(backup.createdAt).toISOString(),
  }));
}

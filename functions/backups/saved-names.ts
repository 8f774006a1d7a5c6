const USUAL_EXTENSION = ".zip";

/**
 * The file name of a download, `backup_<type>_<yyyymmdd_hhmmss>.zip` in UTC; a client's own extension stays.
 * @param backup `created_at` in ISO 8601
 */
export function savedName(backup: { backup_type: string; file_name: string; created_at: string }): string {
  const digits = backup.created_at.replace(/\D/g, "");
  const extension = /.((?:\.tar)?\.[a-z0-9]{1,16})$/i.exec(backup.file_name)?.[1] ?? USUAL_EXTENSION;
  return `backup_${backup.backup_type}_${digits.slice(0, 8)}_${digits.slice(8, 14)}${extension}`;
}

import { z } from "zod";
import { backupTypes } from "../../schema/backups.ts";
import type { Locale } from "../core/locale/locale.ts";
import { CLIENT_KEY_SCHEMA, clientKey, plainLine, wellFormed } from "../kit/text.ts";
import { readFields } from "../core/http/validation.ts";

/** Characters. A list of backups repeats every description, so they are kept short. */
const MAX_DESCRIPTION = 2_000;
/** Characters. The plugin may be of another server, or unknown everywhere. */
const MAX_PLUGIN_NAME = 256;

/** The fields of a backup, as forms and signed uploads send them. */
export const backupFields = z.object({
  user_key: clientKey.meta({ ...CLIENT_KEY_SCHEMA }),
  backup_type: z.enum(backupTypes),
  plugin_name: plainLine(0, MAX_PLUGIN_NAME).default(""),
  description: wellFormed(0, MAX_DESCRIPTION).default(""),
});

export type BackupFields = z.infer<typeof backupFields>;

/** Reads a backup's fields as a form or JSON gives them. @throws AppError MISSING_PARAMETER or VALIDATION_ERROR naming the field. */
export const readBackupFields = (fields: unknown, locale: Locale): BackupFields =>
  readFields(backupFields, fields, locale);

import { z } from "zod";
import { backupTypes } from "../../schema/backups.ts";
import { detailEnvelope, resultEnvelope, type Envelope } from "../core/http/envelopes.ts";
import { describeErrors } from "../core/http/router.ts";
import { backupFields } from "./backup-fields.ts";

/** What is tried too often here are user keys. */
const messages = { TOO_MANY_ATTEMPTS: "backup.tooManyKeys" } as const;
export const backupEnvelope: Envelope = { ...resultEnvelope, messages };
export const ownBackupEnvelope: Envelope = { ...detailEnvelope, messages };

export const backupErrors = describeErrors(backupEnvelope);

export const backupSchema = z
  .object({
    id: z.int(),
    user_key: z.string(),
    backup_type: z.enum(backupTypes),
    plugin_name: z
      .string()
      .meta({ description: "The plugin that it is of, as the client named it; may be empty" }),
    file_name: z.string().meta({ description: "As the client named it" }),
    file_path: z.string().meta({ description: "The object's key in the bucket" }),
    file_size: z.int().meta({ description: "Bytes" }),
    file_hash: z.string().meta({ description: "SHA-256 in hex" }),
    description: z.string(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "Backup" });

export const backupList = z
  .object({ total: z.int(), backups: z.array(backupSchema) })
  .meta({ id: "BackupList" });

export const userKey = backupFields.shape.user_key;

export const backupOfKey = z.object({ user_key: userKey, id: z.int().max(Number.MAX_SAFE_INTEGER) });

/** An answer, for a route's `responses`. */
export function resultAnswer<T extends z.ZodType>(description: string, data: T) {
  const schema = z.object({ success: z.literal(true), message: z.string(), data });
  return { description, content: { "application/json": { schema } } };
}

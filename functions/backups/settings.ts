import type { z } from "zod";
import { count, GIB } from "../core/setting-types.ts";

export const backupSettings = {
  MAX_BACKUP_BYTES: count(GIB, 1).describe("the largest backup by signed upload"),
  BACKUPS_PER_KEY: count(1_000, 1).describe("backups that a user key may have"),
  BACKUP_BYTES_PER_KEY: count(5 * GIB, 1).describe("bytes that the backups of a user key may have"),
};

type Values = z.infer<z.ZodObject<typeof backupSettings>>;
declare module "../core/env.ts" {
  interface Config extends Values {}
}

import type { z } from "zod";
import { count, GIB, MIB } from "../core/setting-types.ts";

export const uploadSettings = {
  STORAGE_QUOTA_BYTES: count(40 * GIB, 1).describe(
    "all bytes that may be kept; above it uploads are refused with 507",
  ),
  MAX_FORM_BYTES: count(100 * MIB, 1)
    .describe("the largest file by form; of plugins and backups never more than 100 MiB")
    .meta({ ownMachine: "`MAX_PACKAGE_BYTES`" }),
  UPLOADS_PER_HOUR: count(10, 1).describe(
    "uploads of packages that an API key or an account may begin in an hour; the files of a release count as one",
  ),
  BACKGROUND_SECONDS: count(20, 1)
    .describe("how long a verification may go on behind an answer: what the platform allows")
    .meta({ ownMachine: "`86400`" }),
};

type Values = z.infer<z.ZodObject<typeof uploadSettings>>;
declare module "../core/env.ts" {
  interface Config extends Values {}
}

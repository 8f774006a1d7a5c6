import { z } from "zod";
import { count, GIB } from "../core/setting-types.ts";

export const pluginSettings = {
  MAX_PLUGIN_BYTES: count(GIB, 1).describe("the largest plugin by signed upload"),
  PLUGIN_UPLOAD_SECRET: z
    .string()
    .min(1)
    .optional()
    .describe("where it is set, whoever uploads a plugin has to send it as `upload_secret`"),
};

type Values = z.infer<z.ZodObject<typeof pluginSettings>>;
declare module "../core/env.ts" {
  interface Config extends Values {}
}

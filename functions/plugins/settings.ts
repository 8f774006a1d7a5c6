import type { z } from "zod";
import { count, GIB } from "../core/setting-types.ts";

export const pluginSettings = {
  MAX_PLUGIN_BYTES: count(GIB, 1).describe("the largest plugin by signed upload"),
};

type Values = z.infer<z.ZodObject<typeof pluginSettings>>;
declare module "../core/env.ts" {
  interface Config extends Values {}
}

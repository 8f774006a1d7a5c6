import type { z } from "zod";
import { count } from "../core/setting-types.ts";

export const logSettings = {
  LOG_RETENTION_DAYS: count(30, 1).describe("how long log entries stay in the database"),
};

type Values = z.infer<z.ZodObject<typeof logSettings>>;
declare module "../core/env.ts" {
  interface Config extends Values {}
}

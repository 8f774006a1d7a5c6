import type { z } from "zod";
import { count, flag } from "../core/setting-types.ts";

export const webhookSettings = {
  ALLOW_PRIVATE_WEBHOOKS: flag(false)
    .describe("whether webhooks may go to addresses that are not public, or without https")
    .meta({ ownMachine: "`true`" }),
  WEBHOOK_DAYS: count(30, 1).describe("days that deliveries of webhooks are kept"),
};

type Values = z.infer<z.ZodObject<typeof webhookSettings>>;
declare module "../core/env.ts" {
  interface Config extends Values {}
}

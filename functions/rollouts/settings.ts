import { z } from "zod";
import { count } from "../core/setting-types.ts";
import { MOST_SIGNALS } from "./signals/policy.ts";

export const rolloutSettings = {
  SIGNALS_PER_MINUTE: count(600, MOST_SIGNALS).describe(
    "signals of devices that a client address may send: what they installed, started, failed at",
  ),
  DEVICE_STATISTICS: z
    .enum(["on", "off"])
    .default("on")
    .transform((value) => value === "on")
    .describe("whether devices and the events of each day are counted; rollouts work without"),
  STATISTICS_DAYS: count(400, 1).describe("days for which daily counts are kept"),
  DEVICE_DAYS: count(90, 1).describe(
    "days for which a device that was not seen again, and a signal of no open rollout, are kept",
  ),
};

type Values = z.infer<z.ZodObject<typeof rolloutSettings>>;
declare module "../core/env.ts" {
  interface Config extends Values {}
}

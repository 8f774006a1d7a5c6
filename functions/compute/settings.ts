import type { z } from "zod";
import { count, flag, GIB, money } from "../core/setting-types.ts";

export const computeSettings = {
  MAX_INPUT_BYTES: count(50 * GIB, 1).describe("the largest input of a task"),
  INPUT_BYTES_PER_USER: count(20 * GIB, 1).describe("bytes that the inputs of a user may have"),
  MAX_OUTPUT_BYTES: count(50 * GIB, 1).describe("the largest output of a task"),
  PRICE_PER_MINUTE: money("0.10").describe("what a minute of task time costs"),
  LEASE_SECONDS: count(300, 1).describe("how long an agent may be silent before its tasks go to another"),
  ALLOW_PRIVATE_AGENTS: flag(false)
    .describe("whether agents may be at addresses that are not public, or without https")
    .meta({ ownMachine: "`true`" }),
};

type Values = z.infer<z.ZodObject<typeof computeSettings>>;
declare module "../core/env.ts" {
  interface Config extends Values {}
}

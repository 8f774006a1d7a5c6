import type { z } from "zod";
import { count, KIB } from "../core/setting-types.ts";

export const updateSettings = {
  PLAN_STEP_COST_BYTES: count(256 * KIB).describe(
    "what a step of an update plan costs besides its bytes: more makes chains shorter",
  ),
};

type Values = z.infer<z.ZodObject<typeof updateSettings>>;
declare module "../core/env.ts" {
  interface Config extends Values {}
}

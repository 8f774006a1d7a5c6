import { z } from "zod";
import { rolloutStates } from "../../kit/rollout.ts";

/** A rollout, and the figures by which somebody or its policy decided. */
export const rolloutData = z
  .object({
    rollout_id: z.string(),
    software: z.string().nullable().meta({ description: "Its slug; null for a rollout of a plugin" }),
    plugin: z.string().nullable().meta({ description: "Null for a rollout of a software" }),
    version: z.string(),
    channel: z.string().meta({ description: "Empty for plugins" }),
    state: z.enum(rolloutStates),
    step: z.int().meta({ description: "Counted from 1" }),
    steps: z.int(),
    percent: z.number().meta({ description: "Of the devices" }),
    reason: z.string(),
    decided_by: z.string().meta({ description: "A user's id, `key:` and that of an API key, or `system`" }),
    reports: z.int().meta({ description: "Devices that said anything of the version" }),
    failures: z.int().meta({ description: "Those whose last word is that it failed" }),
    failure_rate: z.number().meta({ description: "In percent" }),
    failure_rate_at_least: z.number().meta({ description: "The lower end of its 95 % interval, in percent" }),
  })
  .meta({ id: "RolloutEvent" });

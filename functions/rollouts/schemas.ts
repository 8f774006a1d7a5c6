import { z } from "zod";
import { textKey } from "../core/locale/locale.ts";
import { DEVICE_HEADER, MAX_DEVICE_ID } from "./limits.ts";
import { failureActions, rolloutStates, type RolloutStep } from "../kit/rollout.ts";

/** More steps than these nobody waits for. */
const MAX_STEPS = 20;
/** A year: what lasts longer is no step of a rollout. */
const MAX_HOURS = 8_760;
const MAX_REPORTS = 1_000_000_000;

const USUAL_HOURS = 24;
const USUAL_FAILURE_RATE = 2;
const USUAL_REPORTS = 50;

const reports = z.int().min(0).max(MAX_REPORTS);

const step = z.object({
  percent: z
    .number()
    .gt(0)
    .max(100)
    .multipleOf(0.01)
    .meta({ description: "Of all devices, those of the steps before included", example: 5 }),
  min_hours: z
    .number()
    .min(0)
    .max(MAX_HOURS)
    .default(USUAL_HOURS)
    .meta({ description: "How long the step lasts at least" }),
  min_reports: reports
    .default(0)
    .meta({ description: "How many devices have to have reported before the next step" }),
});

const policy = z.object({
  max_failure_rate: z
    .number()
    .min(0)
    .max(100)
    .default(USUAL_FAILURE_RATE)
    .meta({ description: "Percent of the devices that reported" }),
  min_reports: reports.default(USUAL_REPORTS).meta({ description: "Fewer reports than these stop nothing" }),
  on_failure: z.enum(failureActions).default("pause"),
});

const usualPolicy = {
  max_failure_rate: USUAL_FAILURE_RATE,
  min_reports: USUAL_REPORTS,
  on_failure: "pause",
} as const;

const grow = (steps: readonly RolloutStep[]) =>
  steps.every(({ percent }, index) => index === 0 || percent > (steps[index - 1]?.percent ?? 0));

/** How a version is to be rolled out. */
export const rolloutPlan = z.object({
  steps: z.array(step).min(1).max(MAX_STEPS).refine(grow, textKey("rollout.steps")),
  policy: policy.default(usualPolicy),
});

export type RolloutPlan = z.infer<typeof rolloutPlan>;

/** The same as a field of a form, whose values are texts: JSON. What is no JSON is left to the plan, which refuses it. */
export const rolloutField = z
  .preprocess((given) => (typeof given === "string" ? parsed(given) : given), rolloutPlan)
  .optional()
  .meta({ description: "The version is given to a growing share of the devices; in a form as JSON" });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** How a device names itself to whatever offers versions. Ids that are too long, each endpoint answers in its own way. */
export const deviceQuery = {
  device_id: z.string().optional().meta({
    maxLength: MAX_DEVICE_ID,
    description: "An id that the device chose and keeps, such as a UUID: it decides which rollouts it is in",
  }),
  force: z
    .enum(["true", "false"])
    .optional()
    .meta({ description: "`true`: a person asked, so rollouts that go on count as out for everybody" }),
};

export const deviceHeaders = z.object({
  [DEVICE_HEADER]: z
    .string()
    .optional()
    .meta({ maxLength: MAX_DEVICE_ID, description: "In place of `device_id`" }),
});

export const rolloutParam = z.object({
  id: z.string().max(64).meta({ example: "rol_01k8f3q5zj7m0c2w9x4e6t8r1a" }),
});

export const failureRate = z
  .object({ percent: z.number(), lower: z.number(), upper: z.number() })
  .meta({ description: "Percent of the reports, with its 95 % interval" });

/** A rollout as its publisher sees it. */
export const rolloutSchema = z
  .object({
    id: z.string(),
    software: z.string().nullable().meta({ description: "Its slug; null for a plugin's" }),
    plugin: z.string().nullable(),
    version: z.string(),
    channel: z
      .string()
      .nullable()
      .meta({ description: "The version's packages on this channel are rolled out; null for a plugin's" }),
    state: z.enum(rolloutStates),
    step: z.int().meta({ description: "Its place in `steps`, from 0" }),
    steps: z.array(step.required()),
    percent: z.number().meta({ description: "The share that it is at" }),
    policy: policy.required(),
    reason: z.string().meta({ description: "Why it is in its state; empty where nobody said" }),
    reports: z.int().meta({ description: "Devices that said anything of the version" }),
    installed: z.int(),
    failures: z.int().meta({ description: "Devices that failed or crashed and did not start since" }),
    failure_rate: failureRate,
    next: z
      .object({
        action: z.enum(["wait", "raise", "complete", ...failureActions, "none"]),
        not_before: z.iso.datetime().nullable(),
        missing_reports: z.int(),
        is_failing: z.boolean(),
      })
      .meta({ description: "What it does next by itself" }),
    step_started_at: z.iso.datetime(),
    created_by: z.string(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Rollout" });

/** The rollout that keeps a version from some clients, as lists of versions name it. */
export const versionLimit = z
  .object({
    id: z.string(),
    state: z.enum(["active", "paused", "rolled_back"]),
    percent: z.number().meta({ description: "The share that it is at" }),
  })
  .meta({ id: "VersionLimit" })
  .nullable();

export type DescribedRollout = z.infer<typeof rolloutSchema>;

export const rolloutAnswer = (description: string) => ({
  description,
  content: { "application/json": { schema: rolloutSchema } },
});

import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

/** One step of a rollout. */
export type RolloutStep = {
  /** Of all devices, those of the steps before included: above 0, up to 100, at most two decimals. */
  percent: number;
  /** How long the step lasts at least, in hours. */
  min_hours: number;
  /** How many devices have to have reported before the next step. */
  min_reports: number;
};

export const failureActions = ["pause", "roll_back", "notify"] as const;

/** When a rollout stops by itself, and how. */
export type RolloutPolicy = {
  /** Percent of the devices that reported. */
  max_failure_rate: number;
  /** Fewer reports than these stop nothing. */
  min_reports: number;
  on_failure: (typeof failureActions)[number];
};

export const rolloutStates = ["active", "paused", "completed", "rolled_back"] as const;
export type RolloutState = (typeof rolloutStates)[number];

/** What decides who gets a version. */
export type Share = {
  state: RolloutState;
  seed: string;
  /** Of all cohorts: 0 to 10,000. */
  basisPoints: number;
};

/** What devices said of a version. */
export type Figures = {
  /** Devices that said anything. */
  reports: number;
  /** Devices that failed or crashed and did not start since. */
  failures: number;
};

/** Cohorts, into which devices fall evenly. */
export const COHORTS = 10_000;
/** Bytes of a digest that a cohort is taken from: as many as a number holds exactly. */
const COHORT_BYTES = 6;
/** Of the 95 % interval: the 0.975 quantile of the normal distribution. */
const Z = 1.959963984540054;
const HOUR_MS = 3_600_000;

/**
 * The cohort of a device in one rollout, 0 to 9,999: the same wherever it is asked for, and another one in the next rollout.
 * @param seed the rollout's own random text
 * @param device the id that the device chose and keeps
 */
export function cohortOf(seed: string, device: string): number {
  const digest = sha256(utf8ToBytes(`${seed}:${device}`));
  const number = digest.subarray(0, COHORT_BYTES).reduce((sum, byte) => sum * 256 + byte, 0);
  return number % COHORTS;
}

/** The number of cohorts that a percentage stands for. */
export const basisPointsOf = (percent: number): number => Math.round((percent * COHORTS) / 100);

/**
 * Whether a version is out for a device. Devices without an id are in no partial rollout.
 * @param isForced whether a person asked: an active rollout then counts as one to everybody
 */
export function isOutFor(share: Share, device: string | undefined, isForced = false): boolean {
  if (share.state === "completed") return true;
  if (share.state !== "active") return false;
  if (isForced || share.basisPoints >= COHORTS) return true;
  return device !== undefined && cohortOf(share.seed, device) < share.basisPoints;
}

/**
 * The rate of failures with its 95 % interval, by Wilson's score (1927), which holds for small numbers and rates near zero.
 * @returns shares from 0 to 1; without reports the interval says nothing: 0 to 1
 */
export function failureInterval({ reports, failures }: Figures): {
  rate: number;
  lower: number;
  upper: number;
} {
  if (reports === 0) return { rate: 0, lower: 0, upper: 1 };
  const rate = failures / reports;
  const scale = 1 + Z ** 2 / reports;
  const center = (rate + Z ** 2 / (2 * reports)) / scale;
  const half = (Z / scale) * Math.sqrt((rate * (1 - rate)) / reports + Z ** 2 / (4 * reports ** 2));
  return { rate, lower: Math.max(0, center - half), upper: Math.min(1, center + half) };
}

/** A rollout, as far as it decides by itself. */
export type Steering = {
  state: RolloutState;
  /** The index of the step that it is at. */
  step: number;
  steps: readonly RolloutStep[];
  policy: RolloutPolicy;
  /** When the step began, in milliseconds since 1970. */
  stepStartedAt: number;
  /**
   * What devices had said when a person last resumed it. That person knew it, so the rollout stops by what they said since.
   */
  past?: Figures;
};

/** What a rollout does next by itself. `wait` says when it may be raised at the earliest, in milliseconds since 1970. */
export type SteeringDecision =
  | { act: "stop"; how: RolloutPolicy["on_failure"] }
  | { act: "raise"; step: number }
  | { act: "complete" }
  | { act: "wait"; until: number; missingReports: number; isFailing: boolean }
  | { act: "none" };

/** What devices said since they had said `past`. One that had reported by then may fail since. */
export function figuresSince({ reports, failures }: Figures, past: Figures): Figures {
  const fresh = Math.max(0, failures - past.failures);
  return { reports: Math.max(reports - past.reports, fresh), failures: fresh };
}

/**
 * Decides what an active rollout does now. It stops where even the lower end of the interval is above the rate that its
 * policy allows. It is raised where the step has lasted, enough devices have reported, and the rate itself is allowed; after
 * the last step it is complete.
 * @param now milliseconds since 1970
 */
export function steer(rollout: Steering, figures: Figures, now: number): SteeringDecision {
  const { state, steps, policy, stepStartedAt } = rollout;
  const step = steps[rollout.step];
  if (state !== "active" || !step) return { act: "none" };
  const allowed = policy.max_failure_rate / 100;
  const judged = rollout.past ? figuresSince(figures, rollout.past) : figures;
  const { rate, lower } = failureInterval(judged);
  if (judged.reports >= policy.min_reports && lower > allowed) return { act: "stop", how: policy.on_failure };
  const until = stepStartedAt + step.min_hours * HOUR_MS;
  const missingReports = Math.max(0, step.min_reports - figures.reports);
  const isFailing = rate > allowed;
  if (now < until || missingReports > 0 || isFailing)
    return { act: "wait", until, missingReports, isFailing };
  return rollout.step + 1 < steps.length ? { act: "raise", step: rollout.step + 1 } : { act: "complete" };
}

import { usage } from "./errors.ts";

/** How a version is to be rolled out; what is left out, the server's defaults say. */
export type RolloutPlan = {
  steps: { percent: number; min_hours?: number }[];
  policy?: { max_failure_rate?: number; min_reports?: number; on_failure?: string };
};

export type PlanFlags = {
  every?: string;
  maxFailureRate?: string;
  minReports?: string;
  onFailure?: string;
};

/** Hours of a unit. */
const UNITS: Readonly<Record<string, number>> = { m: 1 / 60, h: 1, d: 24 };
/** As people type it -> as the server calls it. */
const ON_FAILURE: Readonly<Record<string, string>> = {
  pause: "pause",
  "roll-back": "roll_back",
  notify: "notify",
};

/**
 * The plan that flags describe.
 * @param shares percent between commas, such as `1,10,50,100`
 * @throws ClientError (usage) for what cannot be read
 */
export function rolloutPlan(shares: string, flags: PlanFlags): RolloutPlan {
  const pace = flags.every === undefined ? {} : { min_hours: hoursOf(flags.every) };
  const steps = sharesOf(shares).map((percent) => Object.assign({ percent }, pace));
  const policy = {
    ...(flags.maxFailureRate !== undefined && {
      max_failure_rate: numberOf("--max-failure-rate", flags.maxFailureRate, 100),
    }),
    ...(flags.minReports !== undefined && {
      min_reports: numberOf("--min-reports", flags.minReports, 1_000_000_000),
    }),
    ...(flags.onFailure !== undefined && { on_failure: actionOf(flags.onFailure) }),
  };
  return { steps, ...(Object.keys(policy).length > 0 && { policy }) };
}

/** The plan of `--rollout`, where it is given. @throws ClientError (usage) for flags of a plan without one */
export function givenPlan(flags: PlanFlags & { rollout?: string }): RolloutPlan | undefined {
  if (flags.rollout !== undefined) return rolloutPlan(flags.rollout, flags);
  const { every, maxFailureRate, minReports, onFailure } = flags;
  const stray = Object.entries({
    "--every": every,
    "--max-failure-rate": maxFailureRate,
    "--min-reports": minReports,
    "--on-failure": onFailure,
  }).find(([, value]) => value !== undefined);
  if (stray)
    throw usage(`${stray[0]} is of a rollout.`, "Pass --rollout, with the share of each step: 1,10,50,100.");
  return undefined;
}

/**
 * The same where something is published. What is only held gets its rollout when it is published.
 * @throws ClientError (usage) as `givenPlan`, and for a draft with a rollout
 */
export function planNow(flags: PlanFlags & { rollout?: string; draft?: boolean }): RolloutPlan | undefined {
  const plan = givenPlan(flags);
  if (plan && flags.draft === true)
    throw usage("--draft publishes nothing yet.", "Pass --rollout to `slipway release publish`.");
  return plan;
}

function sharesOf(text: string): number[] {
  const shares = text.split(",").map((share) => Number(share.trim().replace(/%$/, "") || Number.NaN));
  const isRising = shares.every((share, index) => share > (shares[index - 1] ?? 0) && share <= 100);
  if (isRising) return shares;
  throw usage(
    `"${text}" are no steps of a rollout.`,
    "Write the share of each step in percent, each larger than the one before: 1,10,50,100.",
  );
}

function hoursOf(text: string): number {
  const [, amount, unit = "h"] = /^(\d+(?:\.\d+)?)([mhd])?$/.exec(text.trim()) ?? [];
  if (amount !== undefined) return Number(amount) * (UNITS[unit] ?? 1);
  throw usage(`"${text}" is no time.`, "Write minutes, hours or days: 30m, 24h, 2d.");
}

function numberOf(flag: string, text: string, most: number): number {
  const value = Number(text.trim().replace(/%$/, "") || Number.NaN);
  if (value >= 0 && value <= most) return value;
  throw usage(`"${text}" is no value for ${flag}.`, `Write a number from 0 to ${most}.`);
}

function actionOf(text: string): string {
  const action = Object.hasOwn(ON_FAILURE, text) ? ON_FAILURE[text] : undefined;
  if (action !== undefined) return action;
  throw usage(
    `"${text}" is nothing to do when a version fails.`,
    `Choose ${Object.keys(ON_FAILURE).join(", ")}.`,
  );
}

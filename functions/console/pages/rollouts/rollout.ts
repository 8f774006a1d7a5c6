import type { components } from "../../../../scripts/client/openapi.ts";
import { count, distance, moment, percent } from "../../locale/format.ts";
import { t } from "./texts.ts";

export type Rollout = components["schemas"]["Rollout"];
export type Decision = components["schemas"]["RolloutDecision"];
export type State = Rollout["state"];
/** As the endpoints are called. */
export type Deed = "raise" | "pause" | "resume" | "complete" | "roll-back";

/** What changes with a rollout: whom versions are offered to, too. */
export const OF_ROLLOUTS = [["rollouts"], ["release"], ["releases"], ["software"]] as const;

/** Percent, as the server gives it, for the reader. */
export const share = (hundredths: number): string => percent(hundredths / 100);

/** `omega 2.3.0`. */
export const nameOf = ({ software, plugin, version }: Rollout): string =>
  t("subject", { name: software ?? plugin ?? "", version });

const deeds: Record<State, readonly Deed[]> = {
  active: ["raise", "pause", "complete", "roll-back"],
  paused: ["resume", "complete", "roll-back"],
  completed: ["roll-back"],
  rolled_back: [],
};

/** What may be done with it. On its last step, raising it would be completing it. */
export const deedsOf = ({ state, step, steps }: Rollout): readonly Deed[] =>
  deeds[state].filter((deed) => deed !== "raise" || step + 1 < steps.length);

/** The share that comes after the present one. */
export const nextShare = ({ step, steps }: Rollout): number => steps[step + 1]?.percent ?? 100;

/** What it does next by itself, in sentences. */
export function nextOf(rollout: Rollout): string[] {
  const { state, next } = rollout;
  if (state === "paused") return [t("nextPaused")];
  if (state === "completed") return [t("nextCompleted")];
  if (state === "rolled_back") return [t("nextRolledBack")];
  if (next.action === "raise") return [t("nextRaise", { percent: share(nextShare(rollout)) })];
  if (next.action === "complete") return [t("nextComplete")];
  if (next.action === "pause") return [t("nextPause")];
  if (next.action === "roll_back") return [t("nextRollBack")];
  if (next.action === "notify") return [t("nextNotify")];
  return waiting(rollout);
}

function waiting(rollout: Rollout): string[] {
  const { next, step, steps } = rollout;
  const at = next.not_before ?? rollout.updated_at;
  const values = { percent: share(nextShare(rollout)), when: distance(at), moment: moment(at) };
  const isLast = step + 1 >= steps.length;
  return [
    ...(next.is_failing ? [t("nextFailing")] : []),
    t(isLast ? "nextCompleteAt" : "nextRaiseAt", values),
    ...(next.missing_reports > 0 ? [t("nextReports", { count: next.missing_reports })] : []),
    ...(steps[step]?.min_reports === 0 ? [t("nextByTime")] : []),
  ];
}

/** The key that the server's settings name. */
const FIRST_KEY = "key:settings";

/** Why something was decided: what somebody wrote, or the figures by which the policy decided. */
export function reasonOf({ actor, reason, reports, failures, failure_rate: rate }: Decision): string {
  if (actor !== "system" || reason === "" || !reports || !failures || !rate) return reason;
  return t("whyPolicy", {
    failures: count(failures),
    reports: count(reports),
    rate: share(rate.percent),
    least: share(rate.lower),
  });
}

/** Who decided, for the reader. */
export function actorOf({ actor, username }: Decision): string {
  if (username !== null) return username;
  if (actor === "system") return t("itself");
  const [kind, id] = actor.split(":");
  if (actor === FIRST_KEY) return t("firstKey");
  return kind === "key" && id ? t("apiKey", { id }) : actor;
}

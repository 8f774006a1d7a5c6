import { table } from "./output.ts";
import type { Rollout } from "./rollouts-api.ts";

export const ROLLOUT_HEADING = ["ID", "STATE", "OF", "VERSION", "CHANNEL", "SHARE", "REPORTS", "FAILED"];

export const rolloutRow = (rollout: Rollout): string[] => [
  rollout.id,
  rollout.state,
  rollout.software ?? rollout.plugin ?? "",
  rollout.version,
  rollout.channel ?? "",
  `${rollout.percent} %`,
  String(rollout.reports),
  rateOf(rollout),
];

const rateOf = ({ reports, failure_rate }: Rollout) => (reports === 0 ? "-" : `${failure_rate.percent} %`);

/** A rollout for people: where it is, how its devices do, what comes next, and its steps. */
export function describeRollout(rollout: Rollout): string[] {
  const { state, step, steps, percent, reason, reports, installed, failures, failure_rate, policy } = rollout;
  const name = `${rollout.software ?? rollout.plugin} ${rollout.version}`;
  const channel = rollout.channel === null ? "" : ` on ${rollout.channel}`;
  const said = {
    active: `goes on, at step ${step + 1} of ${steps.length} (${percent} % of the devices)`,
    paused: `is paused at step ${step + 1} of ${steps.length} (${percent} % of the devices)`,
    completed: "is completed: all devices are offered it",
    rolled_back: "is rolled back: nobody is offered it",
  }[state];
  const rate = `${failure_rate.percent} % (${failure_rate.lower} to ${failure_rate.upper} %), at most ${policy.max_failure_rate} %`;
  const rows = steps.map((one, index) => [
    `${index === step ? "*" : " "} ${index + 1}`,
    `${one.percent} %`,
    `${Math.round(one.min_hours * 100) / 100} h`,
    String(one.min_reports),
  ]);
  return [
    `${name}${channel} ${said}.${reason === "" ? "" : ` Reason: ${reason}`}`,
    `Reports: ${reports}, installed ${installed}, failed ${failures}${reports === 0 ? "" : `: ${rate}`}.`,
    ...nextOf(rollout),
    ...table([["  STEP", "SHARE", "AT LEAST", "REPORTS"], ...rows]),
    rollout.id,
  ];
}

function nextOf({ next, steps, step, state }: Rollout): string[] {
  if (state !== "active" || next.action === "none") return [];
  const share = steps[step + 1]?.percent;
  const goal = share === undefined ? "completed" : `${share} %`;
  if (next.action !== "wait")
    return [`Next: ${next.action === "raise" ? goal : next.action.replace("_", " ")}, within a minute.`];
  const when = next.not_before === null ? "" : ` not before ${next.not_before}`;
  const missing = next.missing_reports === 0 ? "" : `, with ${next.missing_reports} more reports`;
  return [`Next: ${goal}${when}${missing}.`];
}

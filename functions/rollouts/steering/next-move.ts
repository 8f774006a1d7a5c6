import { message, type Locale } from "../../core/locale/locale.ts";
import {
  basisPointsOf,
  COHORTS,
  failureInterval,
  figuresSince,
  steer,
  type Figures,
  type RolloutState,
} from "../../kit/rollout.ts";
import { steeringOf, type RolloutRow } from "../describe-rollout.ts";

/** What may happen to a rollout, as audit rows name it. */
export type MoveName = "raise" | "pause" | "resume" | "complete" | "roll_back" | "notify";

/** One change of a rollout, by a person or by its policy. */
export type Move = {
  name: MoveName;
  state: RolloutState;
  /** The index of the step that it is at from now on. */
  step: number;
  reason: string;
};

/** The figures of a decision; shares in percent, with at most two decimals. */
export function describeFigures({ reports, failures }: Figures) {
  const { rate, lower, upper } = failureInterval({ reports, failures });
  return {
    reports,
    failures,
    failure_rate: percentOf(rate),
    failure_rate_at_least: percentOf(lower),
    failure_rate_at_most: percentOf(upper),
  };
}

const percentOf = (share: number) => Math.round(share * 10_000) / 100;

/** The share of the devices that a rollout is out for after a move, in basis points. */
export const shareAfter = ({ rollout }: RolloutRow, { state, step }: Move): number =>
  state === "completed" ? COHORTS : basisPointsOf(rollout.steps[step]?.percent ?? 0);

/** What devices said that the rollout is judged by: since it was last resumed. */
const judgedFigures = (row: RolloutRow): Figures =>
  figuresSince(row, { reports: row.rollout.pastReports, failures: row.rollout.pastFailures });

/**
 * What a rollout does by itself now, if anything. One whose policy says to tell and go on tells once a step.
 * @param now milliseconds since 1970
 * @param locale the language of the reason that it keeps
 */
export function nextMove(row: RolloutRow, now: number, locale: Locale): Move | undefined {
  const { rollout } = row;
  const { step, policy } = rollout;
  const decision = steer(steeringOf(row), row, now);
  if (decision.act === "raise") return { name: "raise", state: "active", step: decision.step, reason: "" };
  if (decision.act === "complete") return { name: "complete", state: "completed", step, reason: "" };
  if (decision.act !== "stop") return undefined;
  const {
    reports,
    failures,
    failure_rate: rate,
    failure_rate_at_least: least,
  } = describeFigures(judgedFigures(row));
  const params = { reports, failures, rate, least, allowed: policy.max_failure_rate };
  const reason = message(locale, "rollout.failing", params);
  if (decision.how === "pause") return { name: "pause", state: "paused", step, reason };
  if (decision.how === "roll_back") return { name: "roll_back", state: "rolled_back", step, reason };
  return rollout.notifiedAt === null ? { name: "notify", state: "active", step, reason } : undefined;
}

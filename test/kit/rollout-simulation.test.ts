import { describe, expect, test, vi } from "vitest";
import {
  basisPointsOf,
  cohortOf,
  steer,
  type RolloutPolicy,
  type RolloutStep,
} from "../../functions/kit/rollout.ts";

vi.setConfig({ testTimeout: 120_000 });

const DEVICES = 100_000;
const RUNS = 100;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** From the offer of a version until its device tells how it went, on average. */
const MEAN_DELAY = HOUR / 3;

/** A generator of numbers from 0 to 1 that always gives the same ones (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const cohorts = Array.from({ length: DEVICES }, (_, index) => cohortOf("simulation", `device-${index}`));

type Plan = { steps: readonly RolloutStep[]; policy: RolloutPolicy };

/**
 * A step as its devices meet it, each of which asks once a day and tells somewhat later how it went: when they are given the
 * version, and when they report, both in order.
 */
function meet(steps: readonly RolloutStep[]) {
  const next = random(1);
  const phases = Float64Array.from({ length: DEVICES }, () => next() * DAY);
  let before = 0;
  return steps.map(({ percent }) => {
    const [from, share] = [before, basisPointsOf(percent)];
    before = share;
    const isNew = (_: number, index: number) =>
      (cohorts[index] ?? 0) >= from && (cohorts[index] ?? 0) < share;
    const asked = phases.filter(isNew).toSorted();
    return { asked, reports: asked.map((at) => at - MEAN_DELAY * Math.log(1 - next())).toSorted() };
  });
}

/**
 * Rolls a version out. The rollout looks at every single report, which is as often as it may.
 * @param failureRate the share of the devices that fail
 * @returns whether it was stopped, and the share of the devices that had the version then
 */
function rollOut(
  { steps, policy: rules }: Plan,
  met: ReturnType<typeof meet>,
  failureRate: number,
  seed: number,
) {
  const next = random(seed);
  const figures = { reports: 0, failures: 0 };
  let given = 0;
  for (const [index, { asked, reports }] of met.entries()) {
    const rollout = { state: "active" as const, step: index, steps, policy: rules, stepStartedAt: 0 };
    for (const at of reports) {
      figures.reports++;
      if (next() < failureRate) figures.failures++;
      if (steer(rollout, figures, 0).act !== "stop") continue;
      return { isStopped: true, share: (given + asked.findLastIndex((one) => one <= at) + 1) / DEVICES };
    }
    given += asked.length;
  }
  return { isStopped: false, share: given / DEVICES };
}

function outcomes(plan: Plan, failureRate: number) {
  const met = meet(plan.steps);
  return Array.from({ length: RUNS }, (_, run) => rollOut(plan, met, failureRate, run + 1));
}

const step = (percent: number): RolloutStep => ({ percent, min_hours: 24, min_reports: 0 });
const policy: RolloutPolicy = { max_failure_rate: 2, min_reports: 50, on_failure: "pause" };

describe.each([
  ["1, 10, 50, 100 %", [1, 10, 50, 100].map(step)],
  ["everybody at once", [100].map(step)],
])("a rollout to %s with two in a hundred allowed to fail", (_name, steps) => {
  const plan = { steps, policy };

  test("is stopped before 3 % have a version that fails on 10 %", () => {
    const early = outcomes(plan, 0.1).filter(({ isStopped, share }) => isStopped && share < 0.03);
    expect(early.length).toBeGreaterThanOrEqual(99);
  });

  test("gives a version that fails on 0.5 % to everybody", () => {
    const stopped = outcomes(plan, 0.005).filter(({ isStopped }) => isStopped);
    expect(stopped.length).toBeLessThanOrEqual(1);
  });
});

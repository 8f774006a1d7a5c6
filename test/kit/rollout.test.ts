import { describe, expect, it } from "vitest";
import {
  cohortOf,
  COHORTS,
  failureInterval,
  isOutFor,
  steer,
  type Share,
  type Steering,
} from "../../functions/kit/rollout.ts";

const HOUR = 3_600_000;

describe("the cohort of a device", () => {
  it("is the same wherever it is asked for, and another one in the next rollout", () => {
    const devices = Array.from({ length: 200 }, (_, index) => `device-${index}`);
    expect(devices.map((device) => cohortOf("a", device))).toEqual(
      devices.map((device) => cohortOf("a", device)),
    );
    expect(devices.map((device) => cohortOf("a", device))).not.toEqual(
      devices.map((device) => cohortOf("b", device)),
    );
    for (const device of devices) expect(cohortOf("a", device)).toBeLessThan(COHORTS);
  });
});

describe("isOutFor", () => {
  const share: Share = { state: "active", seed: "a", basisPoints: 0 };

  it("keeps whoever was in when the share grows", () => {
    const devices = Array.from({ length: 2_000 }, (_, index) => `device-${index}`);
    let before = new Set<string>();
    for (const basisPoints of [100, 1_000, 2_500, 10_000]) {
      const now = new Set(devices.filter((device) => isOutFor({ ...share, basisPoints }, device)));
      expect([...before].every((device) => now.has(device))).toBe(true);
      expect(now.size).toBeGreaterThan(before.size);
      before = now;
    }
    expect(before.size).toBe(devices.length);
  });

  it("leaves devices without an id out of partial rollouts alone", () => {
    expect(isOutFor({ ...share, basisPoints: 9_999 }, undefined)).toBe(false);
    expect(isOutFor({ ...share, basisPoints: 10_000 }, undefined)).toBe(true);
    expect(isOutFor({ ...share, state: "completed" }, undefined)).toBe(true);
  });

  it("gives a person who asks what is active, and never what is stopped", () => {
    expect(isOutFor(share, "device", true)).toBe(true);
    expect(isOutFor({ ...share, state: "paused" }, "device", true)).toBe(false);
    expect(isOutFor({ ...share, state: "rolled_back" }, "device", true)).toBe(false);
  });
});

describe("failureInterval", () => {
  it("gives Wilson's bounds", () => {
    // Of Newcombe (1998), table I, method 3: 15 of 148 and 1 of 29.
    const some = failureInterval({ reports: 148, failures: 15 });
    expect([some.lower.toFixed(4), some.upper.toFixed(4)]).toEqual(["0.0624", "0.1605"]);
    const one = failureInterval({ reports: 29, failures: 1 });
    expect([one.lower.toFixed(4), one.upper.toFixed(4)]).toEqual(["0.0061", "0.1718"]);
  });

  it("says nothing without reports", () => {
    expect(failureInterval({ reports: 0, failures: 0 })).toEqual({ rate: 0, lower: 0, upper: 1 });
  });
});

describe("steer", () => {
  const rollout: Steering = {
    state: "active",
    step: 0,
    steps: [
      { percent: 1, min_hours: 24, min_reports: 50 },
      { percent: 100, min_hours: 1, min_reports: 0 },
    ],
    policy: { max_failure_rate: 2, min_reports: 20, on_failure: "pause" },
    stepStartedAt: 0,
  };

  it("raises once the step has lasted and enough devices reported", () => {
    const figures = { reports: 50, failures: 1 };
    expect(steer(rollout, figures, 24 * HOUR - 1)).toMatchObject({ act: "wait", until: 24 * HOUR });
    expect(steer(rollout, { reports: 49, failures: 0 }, 24 * HOUR)).toMatchObject({ missingReports: 1 });
    expect(steer(rollout, figures, 24 * HOUR)).toEqual({ act: "raise", step: 1 });
    expect(steer({ ...rollout, step: 1 }, figures, HOUR)).toEqual({ act: "complete" });
  });

  it("waits where the rate is too high for a raise, and too unsure for a stop", () => {
    expect(steer(rollout, { reports: 50, failures: 2 }, 24 * HOUR)).toMatchObject({
      act: "wait",
      isFailing: true,
    });
  });

  it("stops once even the lower end is above what is allowed, and not on fewer reports", () => {
    expect(steer(rollout, { reports: 19, failures: 19 }, 0)).toMatchObject({ act: "wait" });
    expect(steer(rollout, { reports: 20, failures: 19 }, 0)).toEqual({ act: "stop", how: "pause" });
  });

  it("judges what was resumed by what is said since, and raises it by all reports", () => {
    const resumed = { ...rollout, past: { reports: 60, failures: 30 } };
    expect(steer(resumed, { reports: 79, failures: 48 }, 0)).toMatchObject({ act: "wait" });
    expect(steer(resumed, { reports: 80, failures: 50 }, 0)).toEqual({ act: "stop", how: "pause" });
    expect(steer(resumed, { reports: 60, failures: 50 }, 0)).toEqual({ act: "stop", how: "pause" });
    expect(steer(resumed, { reports: 60, failures: 12 }, 24 * HOUR)).toEqual({ act: "raise", step: 1 });
  });

  it("leaves what is not active alone", () => {
    expect(steer({ ...rollout, state: "paused" }, { reports: 100, failures: 100 }, 0)).toEqual({
      act: "none",
    });
  });
});

import { rollouts } from "../../schema/rollouts/rollouts.ts";
import type { RolloutPolicy, RolloutStep } from "../../functions/kit/rollout.ts";
import { sendSignals } from "../../functions/rollouts/signals/send-signals.ts";
import type { Signal } from "../../functions/rollouts/signals/schemas.ts";
import type { Domain } from "../support/domain.ts";
import { insertCatalogue } from "../support/domain/catalogue.ts";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** A version of omega, with a package, that is rolled out. */
export async function rolledOut(
  domain: Domain,
  options: {
    version?: string;
    steps?: Partial<RolloutStep>[];
    policy?: Partial<RolloutPolicy>;
    state?: "active" | "paused" | "completed" | "rolled_back";
    software?: string;
  } = {},
): Promise<{ id: string }> {
  const { version = "2.0.0", steps = [{ percent: 1 }, { percent: 10 }, { percent: 100 }] } = options;
  const { software = "omega", state = "active" } = options;
  await insertCatalogue(domain, [{ version, software }]);
  const all = steps.map(stepOf);
  const policy: RolloutPolicy = {
    max_failure_rate: 2,
    min_reports: 50,
    on_failure: "pause",
    ...options.policy,
  };
  const id = `rol_${software}_${version}`;
  const now = domain.deps.clock();
  await domain.deps.db.write((q) => ({
    made: q.insert(rollouts).values({
      id,
      versionId: `${software === "omega" ? "sfw_0" : `sfw_${software}`}:${version}`,
      channel: "stable",
      seed: "seed",
      steps: all,
      policy,
      state,
      basisPoints: Math.round((all[0]?.percent ?? 0) * 100),
      stepStartedAt: now,
      createdBy: "key:test",
      createdAt: now,
      updatedAt: now,
    }),
  }));
  return { id };
}

const stepOf = (step: Partial<RolloutStep>): RolloutStep => ({
  percent: 1,
  min_hours: 24,
  min_reports: 0,
  ...step,
});

type Said = Omit<Signal, "version"> & { version?: string };

const signalOf = (said: Said): Signal => ({ version: "2.0.0", ...said });

/** Signals of omega 2.0.0, unless they say otherwise. */
export const say = (domain: Domain, ...signals: Said[]) => sendSignals(domain.ctx, signals.map(signalOf));

/** Devices from `first` on that say something each of omega 2.0.0. */
export const devices = (amount: number, event: Signal["event"], first = 0): Signal[] =>
  Array.from({ length: amount }, (_, index) => signalOf({ device_id: `device-${first + index}`, event }));

/** The sums of a version, as triggers keep them and as the rows add up. */
export async function sums(domain: Domain, subject = "sfw_0:2.0.0") {
  const [kept] = await domain.rows({
    sql: "SELECT reports, installed, started, failures FROM signal_counts WHERE subject = ?",
    args: [subject],
  });
  const [counted] = await domain.rows({
    sql: `SELECT count(*) AS reports, count(installed_at) AS installed, count(started_at) AS started,
      coalesce(sum(max(coalesce(failed_at, 0), coalesce(crashed_at, 0)) > coalesce(started_at, 0)), 0) AS failures
      FROM device_signals WHERE subject = ?`,
    args: [subject],
  });
  return { kept: kept ?? { reports: 0, installed: 0, started: 0, failures: 0 }, counted };
}

/** A rollout's row. */
export async function rowOf(domain: Domain, id: string) {
  const [row] = await domain.rows<{
    state: string;
    step: number;
    basis_points: number;
    revision: number;
    reason: string;
    notified_at: number | null;
    step_started_at: number;
  }>({ sql: "SELECT * FROM rollouts WHERE id = ?", args: [id] });
  if (!row) throw new Error("no such rollout");
  return row;
}

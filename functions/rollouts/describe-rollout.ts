import { eq, sql } from "drizzle-orm";
import { pluginVersions } from "../../schema/plugins.ts";
import { software, versions } from "../../schema/releases.ts";
import { rollouts } from "../../schema/rollouts/rollouts.ts";
import { signalCounts } from "../../schema/rollouts/signals.ts";
import type { Ctx } from "../core/context.ts";
import type { Query } from "../core/database/database.ts";
import { COHORTS, failureInterval, steer, type Steering, type SteeringDecision } from "../kit/rollout.ts";
import { versionName } from "../kit/versions.ts";
import type { DescribedRollout } from "./schemas.ts";

/** The subject under which devices' signals of a rollout's version are counted. */
const subjectOfRollout = sql`coalesce(${rollouts.versionId}, 'plugin:' || ${rollouts.pluginVersionId})`;

/** Rollouts with what they are of and what devices said, for a batch. */
export const selectRollouts = (q: Query) =>
  q
    .select({
      rollout: rollouts,
      version: sql<string>`coalesce(${versions.version}, ${pluginVersions.version})`,
      software: software.slug,
      plugin: pluginVersions.pluginName,
      reports: sql<number>`coalesce(${signalCounts.reports}, 0)`,
      installed: sql<number>`coalesce(${signalCounts.installed}, 0)`,
      failures: sql<number>`coalesce(${signalCounts.failures}, 0)`,
    })
    .from(rollouts)
    .leftJoin(versions, eq(versions.id, rollouts.versionId))
    .leftJoin(software, eq(software.id, versions.softwareId))
    .leftJoin(pluginVersions, eq(pluginVersions.id, rollouts.pluginVersionId))
    .leftJoin(signalCounts, eq(signalCounts.subject, subjectOfRollout))
    .$dynamic();

export type RolloutRow = Awaited<ReturnType<typeof selectRollouts>>[number];

/** A rollout as its publisher sees it. Its seed is shown to nobody. */
export function describeRollout(ctx: Ctx, row: RolloutRow): DescribedRollout {
  const { rollout, reports, installed, failures } = row;
  const { rate, lower, upper } = failureInterval({ reports, failures });
  return {
    id: rollout.id,
    software: row.software,
    plugin: row.plugin,
    version: versionName(row.version),
    channel: row.plugin === null ? rollout.channel : null,
    state: rollout.state,
    step: rollout.step,
    steps: rollout.steps,
    percent: (rollout.basisPoints * 100) / COHORTS,
    policy: rollout.policy,
    reason: rollout.reason,
    reports,
    installed,
    failures,
    failure_rate: { percent: percent(rate), lower: percent(lower), upper: percent(upper) },
    next: describeNext(steer(steeringOf(row), row, ctx.deps.clock())),
    step_started_at: iso(rollout.stepStartedAt),
    created_by: rollout.createdBy,
    created_at: iso(rollout.createdAt),
    updated_at: iso(rollout.updatedAt),
  };
}

/** A rollout, as far as it decides by itself. */
export const steeringOf = ({ rollout }: RolloutRow): Steering => ({
  ...rollout,
  past: { reports: rollout.pastReports, failures: rollout.pastFailures },
});

function describeNext(decision: SteeringDecision): DescribedRollout["next"] {
  const isWaiting = decision.act === "wait";
  return {
    action: decision.act === "stop" ? decision.how : decision.act,
    not_before: isWaiting ? iso(decision.until) : null,
    missing_reports: isWaiting ? decision.missingReports : 0,
    is_failing: isWaiting ? decision.isFailing : decision.act === "stop",
  };
}

/** A share as percent with two decimals. */
const percent = (share: number) => Math.round(share * 10_000) / 100;
const iso = (at: number) => new Date(at).toISOString();

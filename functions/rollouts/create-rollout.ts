import { eq, sql, type SQL } from "drizzle-orm";
import { packages } from "../../schema/packages.ts";
import { plugins, pluginVersions } from "../../schema/plugins.ts";
import { versions } from "../../schema/releases.ts";
import { rollouts } from "../../schema/rollouts/rollouts.ts";
import { audited } from "../core/audit.ts";
import { actorName, type Ctx } from "../core/context.ts";
import { refusals, type Refusals } from "../core/database/refusals.ts";
import { AppError, type ErrorCode } from "../core/errors.ts";
import { orderingKey, type Version } from "../kit/versions.ts";
import { slugOf } from "../releases/access.ts";
import { releasesChanged } from "../releases/changes.ts";
import { readVersion } from "../releases/read-version.ts";
import { softwareBySlug } from "../releases/software.ts";
import { requireSteering } from "./access.ts";
import { newRollout } from "./begin-rollout.ts";
import { describeRollout, selectRollouts } from "./describe-rollout.ts";
import type { DescribedRollout, RolloutPlan } from "./schemas.ts";

export type NewRollout = RolloutPlan & {
  /** Slug or akey. One of this and `plugin` is there. */
  software?: string | undefined;
  plugin?: string | undefined;
  version: string;
  /** Default: the version's own. */
  channel?: string | undefined;
};

/** What is rolled out, as columns: `isOffered` is true in the database while anybody could be offered it. */
type Subject = {
  columns:
    | { versionId: SQL<string>; channel: SQL<string> }
    | { pluginVersionId: SQL<number>; channel: string };
  id: SQL;
  isOffered: SQL;
  target: string;
  refusals: Refusals<ErrorCode>;
};

/**
 * Rolls out a version that is published. Where it was out for everybody, it is taken back from the devices outside the first
 * step; those that have it keep it. One round trip, and one more for an akey.
 * @throws AppError INVALID_API_KEY, INSUFFICIENT_SCOPE, INVALID_VERSION, SOFTWARE_NOT_FOUND; RELEASE_NOT_FOUND or
 *   PLUGIN_VERSION_NOT_FOUND; ROLLOUT_NOTHING_OFFERED for a version that is yanked or deprecated; ROLLOUT_EXISTS
 */
export async function createRollout(ctx: Ctx, input: NewRollout): Promise<DescribedRollout> {
  requireSteering(ctx.actor);
  const version = readVersion("version", input.version);
  const subject = await readSubject(ctx, input, version);
  const { steps, policy } = input;
  const values = newRollout({ steps, policy }, actorName(ctx.actor), ctx.deps.clock());
  const state = sql`CASE WHEN ${subject.id} IS NULL OR ${subject.isOffered} THEN 'active' END`;
  const { row } = await ctx.deps.db.write((q) => {
    const change = q.insert(rollouts).values({ ...values, ...subject.columns, state });
    const detail = { rollout_id: values.id, steps, policy };
    return {
      begun: audited(ctx, q, change, { action: "rollout.start", target: subject.target, detail }),
      row: selectRollouts(q).where(eq(rollouts.id, values.id)),
    };
  }, subject.refusals);
  releasesChanged(ctx);
  const [rollout] = row;
  if (!rollout) throw new AppError("ROLLOUT_NOT_FOUND");
  return describeRollout(ctx, rollout);
}

async function readSubject(ctx: Ctx, input: NewRollout, version: Version): Promise<Subject> {
  if (input.plugin !== undefined) {
    requireSteering(ctx.actor, { software: null });
    return pluginSubject(input.plugin, version);
  }
  const slug = await slugOf(ctx, (input.software ?? "").toLowerCase());
  requireSteering(ctx.actor, { software: slug });
  return softwareSubject(slug, version, input.channel);
}

const ofSoftware = refusals({
  rollouts_subject: "RELEASE_NOT_FOUND",
  "rollouts.state": "ROLLOUT_NOTHING_OFFERED",
  "rollouts.version_id, rollouts.channel": "ROLLOUT_EXISTS",
});

function softwareSubject(slug: string, version: Version, given: string | undefined): Subject {
  const isIt = sql`FROM ${versions} WHERE ${versions.softwareId} = ${softwareBySlug(slug)}
    AND ${versions.orderKey} = ${orderingKey(version)}`;
  const id = sql<string>`(SELECT ${versions.id} ${isIt})`;
  // Of a version that there is none of, the channel is not what is refused.
  const channel = sql<string>`coalesce(${given ?? null}, (SELECT ${versions.channel} ${isIt}), '')`;
  return {
    columns: { versionId: id, channel },
    id,
    isOffered: sql`EXISTS (SELECT 1 FROM ${packages} WHERE ${packages.versionId} = ${id}
      AND ${packages.channel} = ${channel} AND ${packages.yankedAt} IS NULL)`,
    target: `${slug} ${version.name}`,
    refusals: ofSoftware,
  };
}

const ofPlugins = refusals({
  rollouts_subject: "PLUGIN_VERSION_NOT_FOUND",
  "rollouts.state": "ROLLOUT_NOTHING_OFFERED",
  "rollouts.plugin_version_id": "ROLLOUT_EXISTS",
});

function pluginSubject(name: string, version: Version): Subject {
  const id = sql<number>`(SELECT ${pluginVersions.id} FROM ${pluginVersions}
    WHERE ${pluginVersions.pluginName} = ${name} AND ${pluginVersions.orderKey} = ${orderingKey(version)})`;
  return {
    columns: { pluginVersionId: id, channel: "" },
    id,
    isOffered: sql`EXISTS (SELECT 1 FROM ${pluginVersions} JOIN ${plugins} ON ${plugins.name} = ${pluginVersions.pluginName}
      WHERE ${pluginVersions.id} = ${id} AND ${plugins.isEnabled} AND NOT ${plugins.isDeprecated}
      AND NOT ${pluginVersions.isDeprecated})`,
    target: `${name} ${version.name}`,
    refusals: ofPlugins,
  };
}

import { and, count, desc, eq, inArray, or, type SQL } from "drizzle-orm";
import { pluginVersions } from "../../schema/plugins.ts";
import { software, versions } from "../../schema/releases.ts";
import { rollouts } from "../../schema/rollouts/rollouts.ts";
import { limitsOf } from "../accounts/api-keys/api-keys.ts";
import type { Ctx } from "../core/context.ts";
import { offsetOf, pageOf, type Page, type Paging } from "../core/http/paging.ts";
import type { RolloutState } from "../kit/rollout.ts";
import { orderingKey } from "../kit/versions.ts";
import { slugOf } from "../releases/access.ts";
import { readVersion } from "../releases/read-version.ts";
import { requireSight } from "./access.ts";
import { describeRollout, selectRollouts } from "./describe-rollout.ts";
import type { DescribedRollout } from "./schemas.ts";

export type RolloutFilter = Paging & {
  /** Slug or akey. */
  software?: string | undefined;
  plugin?: string | undefined;
  version?: string | undefined;
  /** `open`: active or paused. */
  state?: RolloutState | "open" | undefined;
};

/**
 * A page of rollouts, the newest first. A key that is limited to some software is told of that software's alone.
 * @throws AppError INVALID_API_KEY, INSUFFICIENT_SCOPE, INVALID_VERSION, SOFTWARE_NOT_FOUND for an akey of none
 */
export async function listRollouts(ctx: Ctx, filter: RolloutFilter): Promise<Page<DescribedRollout>> {
  requireSight(ctx.actor);
  const slug = filter.software === undefined ? undefined : await slugOf(ctx, filter.software);
  if (slug !== undefined) requireSight(ctx.actor, { software: slug });
  const limits = limitsOf(ctx.actor);
  const isListed: SQL | undefined = and(
    slug === undefined ? undefined : eq(software.slug, slug),
    limits && inArray(software.slug, [...limits]),
    filter.plugin === undefined ? undefined : eq(pluginVersions.pluginName, filter.plugin),
    filter.version === undefined ? undefined : isOf(filter.version),
    isIn(filter.state),
  );
  const { totals, rows } = await ctx.deps.db.readBatch((q) => ({
    totals: q
      .select({ total: count() })
      .from(rollouts)
      .leftJoin(versions, eq(versions.id, rollouts.versionId))
      .leftJoin(software, eq(software.id, versions.softwareId))
      .leftJoin(pluginVersions, eq(pluginVersions.id, rollouts.pluginVersionId))
      .where(isListed),
    rows: selectRollouts(q)
      .where(isListed)
      .orderBy(desc(rollouts.id))
      .limit(filter.page_size)
      .offset(offsetOf(filter)),
  }));
  const items = rows.map((row) => describeRollout(ctx, row));
  return pageOf(items, totals[0]?.total ?? 0, filter);
}

function isOf(text: string): SQL | undefined {
  const version = readVersion("version", text);
  return or(eq(versions.orderKey, orderingKey(version)), eq(pluginVersions.version, version.name));
}

function isIn(state: RolloutFilter["state"]): SQL | undefined {
  if (state === undefined) return undefined;
  return state === "open" ? inArray(rollouts.state, ["active", "paused"]) : eq(rollouts.state, state);
}

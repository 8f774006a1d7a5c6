import type { Ctx } from "../core/context.ts";
import type { Deps } from "../core/deps.ts";
import { orderingKey, parseVersion, type Version } from "../kit/versions.ts";
import type { PackageType } from "../releases/package-names.ts";
import type { Candidate, Decision, FindChain } from "./decide-update.ts";
import { findNetwork } from "./link-indexes.ts";
import type { Target } from "./newest-packages.sql.ts";
import { findPackageFiles, type PackageFile } from "./package-files.ts";
import { cheapestWay } from "./planner/cheapest-way.ts";

/** One way to an update, to be taken step by step. */
export type UpdatePlan = {
  /** The bytes of all steps together. */
  bytes: number;
  steps: {
    package_id: number;
    type: PackageType;
    /** The version to which the package is applied; null for a full package, which needs none. */
    from_version: string | null;
    to_version: string;
    file_size: number;
    sha256: string;
    download_url: string;
  }[];
};

/**
 * Prepares the search for chains from a client's version. Reads what is published only where a patch or hotfix could be a
 * step.
 * @returns `stands`: whether the search would still find the same
 */
export async function openPlanner(
  ctx: Ctx,
  target: Target,
  candidates: readonly Candidate[],
  current: Version,
): Promise<{ findChain: FindChain; stands: (deps: Deps) => boolean }> {
  const start = { version: current.canonical, key: orderingKey(current) };
  const isChained = ({ orderKey, ways }: Candidate) =>
    orderKey > start.key && ways.some(({ type }) => type !== "full");
  if (!candidates.some(isChained)) return { findChain: () => [], stands: () => true };
  const { network, stands } = await findNetwork(ctx, target);
  const findChain: FindChain = (candidate) => {
    const version = parseVersion(candidate.version)?.canonical;
    if (version === undefined || !isChained(candidate)) return [];
    const goal = { version, key: candidate.orderKey };
    const links = cheapestWay(network, start, goal, ctx.deps.config.PLAN_STEP_COST_BYTES) ?? [];
    // A full package alone is no chain. The last step has to be out for the device, as the version is.
    const isOut = candidate.ways.some(({ id }) => id === links.at(-1)?.id);
    return isOut && links.some(({ type }) => type !== "full") ? links.map(({ id }) => id) : [];
  };
  return { findChain, stands };
}

/**
 * The plans of a decision, cheapest first: the chain, where one costs less than the full package, then the full package.
 */
export async function describePlans(
  ctx: Ctx,
  decision: Extract<Decision, { update: true }>,
  current: Version,
): Promise<UpdatePlan[]> {
  const full = decision.ways.filter(({ type }) => type === "full").map(({ id }) => id);
  const plans = [decision.chain, full].filter((ids) => ids.length > 0);
  const files = await findPackageFiles(ctx, plans.flat());
  return plans.flatMap((ids) => {
    const found = ids.flatMap((id) => files.get(id) ?? []);
    return found.length === ids.length ? [planOf(found, current.name)] : [];
  });
}

function planOf(files: readonly PackageFile[], current: string): UpdatePlan {
  const steps = files.map(({ id, type, version, size, sha256, url }, index) => ({
    package_id: id,
    type,
    from_version: type === "full" ? null : (files[index - 1]?.version ?? current),
    to_version: version,
    file_size: size,
    sha256,
    download_url: url,
  }));
  return { bytes: files.reduce((sum, { size }) => sum + size, 0), steps };
}

import type { Version } from "../kit/versions.ts";
import type { PackageType } from "../releases/package-names.ts";
import { isRolledBack, type Limit } from "../rollouts/limits.ts";
import { decideRollback, type Candidate, type Decision, type Way } from "./decide-update.ts";
import type { UpdatePlan } from "./update-plans.ts";

type UpdateOption = {
  type: PackageType;
  package_id: number;
  file_size: number;
  download_url: string;
  recommended: boolean;
};

export type VersionCheck = {
  has_update: boolean;
  current_version: string;
  latest_version: string;
  update_info?: {
    version: string;
    description: string;
    release_date: string;
    is_critical: boolean;
    update_options: UpdateOption[];
    /** Only for clients that ask for plans. */
    plans?: UpdatePlan[];
  };
  /** Only for devices whose version was rolled back and that are offered no newer one. */
  rollback?: { version: string; reason: string; update_options: UpdateOption[] };
};

/** The answer to a device whose version is `current`. */
export function describeCheck(current: Version, decision: Decision): VersionCheck {
  const answer: VersionCheck = {
    has_update: decision.update,
    current_version: current.name,
    latest_version: decision.latestVersion,
  };
  if (!decision.update) return answer;
  const { candidate, ways, isCritical, description } = decision;
  return {
    ...answer,
    update_info: {
      version: candidate.version,
      description,
      release_date: candidate.releasedAt,
      is_critical: isCritical,
      update_options: ways.map(optionOf),
    },
  };
}

/**
 * The way back for a device whose version was rolled back.
 * @param limits of the index
 * @param candidates what is out for the device
 * @returns undefined where it was not, or where there is nothing to go back to
 */
export function describeRollback(
  limits: readonly Limit[],
  candidates: readonly Candidate[],
  { current, key }: { current: Version; key: string },
): VersionCheck["rollback"] {
  const isOut = candidates.some(({ orderKey }) => orderKey === key);
  if (isOut || !isRolledBack(limits, key)) return undefined;
  const found = decideRollback(candidates, current);
  const reason = limits.find(({ orderKey, state }) => orderKey === key && state === "rolled_back")?.reason;
  return (
    found && {
      version: found.candidate.version,
      reason: reason ?? "",
      update_options: [found.way].map(optionOf),
    }
  );
}

const optionOf = ({ type, id, size, url }: Way, index: number): UpdateOption => ({
  type,
  package_id: id,
  file_size: size,
  download_url: url,
  recommended: index === 0,
});

import { planOf, usualPlan, type Plan } from "../rollouts/new/use-plan.ts";
import { parseVersion } from "../../../../functions/kit/versions.ts";
import type { Fields } from "./publication.ts";
import { t } from "./texts.ts";

/** What is said of the release as a whole. */
export type Release = {
  software: string;
  isDraft: boolean;
  notes: string;
  description: string;
  isCritical: boolean;
  isWatershed: boolean;
  isUnstable: boolean;
  minUpdateFrom: string;
  isRolledOut: boolean;
  plan: Plan;
};

export const newRelease = (software = ""): Release => ({
  software,
  isDraft: false,
  notes: "",
  description: "",
  isCritical: false,
  isWatershed: false,
  isUnstable: false,
  minUpdateFrom: "",
  isRolledOut: false,
  plan: usualPlan(),
});

/** Whether software may have this name. */
export const isSoftwareName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name);

/** What keeps a release from being published, by its field, in sentences. */
export function faultsOfRelease({ software, minUpdateFrom }: Release): Record<string, string> {
  const [name, lowest] = [software.trim(), minUpdateFrom.trim()];
  return {
    ...(name !== "" && !isSoftwareName(name) && { software: t("softwareFormat") }),
    ...(lowest !== "" && !parseVersion(lowest) && { min_update_from: t("notVersion", { version: lowest }) }),
  };
}

/** The fields that each package of the release gets of it; a rollout begins when that is published. */
export function fieldsOfRelease(release: Release): Partial<Fields> {
  const { isCritical, isWatershed, isUnstable, minUpdateFrom, isRolledOut, plan } = release;
  const lowest = minUpdateFrom.trim();
  return {
    ...(isCritical && { is_critical: true }),
    ...(isWatershed && { is_watershed: true }),
    ...(isUnstable && { is_stable: false }),
    ...(lowest && { min_update_from: lowest }),
    ...(isRolledOut && { rollout: planOf(plan) }),
  };
}

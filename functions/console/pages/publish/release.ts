import { planOf, usualPlan, type Plan } from "../rollouts/new/use-plan.ts";
import type { Fields } from "./publication.ts";

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

export const newRelease = (software = "omega"): Release => ({
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

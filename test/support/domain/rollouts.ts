import { basisPointsOf, cohortOf, type RolloutState } from "../../../functions/kit/rollout.ts";
import { releasesChanged } from "../../../functions/releases/changes.ts";
import { createRollout, type NewRollout } from "../../../functions/rollouts/create-rollout.ts";
import { rolloutPlan } from "../../../functions/rollouts/schemas.ts";
import type { Domain } from "../domain.ts";

/** Rolls a version of omega out to a share of its devices. @returns the rollout's id */
export async function rollOut(
  domain: Domain,
  version: string,
  percent: number,
  more: Partial<NewRollout> = {},
): Promise<string> {
  const plan = rolloutPlan.parse({ steps: [{ percent }] });
  const { id } = await createRollout(domain.ctx, { software: "omega", version, ...plan, ...more });
  return id;
}

/** Puts a rollout into a state, as if somebody had. */
export async function setRollout(
  domain: Domain,
  id: string,
  { state, percent, reason = "" }: { state?: RolloutState; percent?: number; reason?: string },
): Promise<void> {
  const share = percent === undefined ? null : basisPointsOf(percent);
  await domain.rows({
    sql: "UPDATE rollouts SET state = coalesce(?, state), basis_points = coalesce(?, basis_points), reason = ? WHERE id = ?",
    args: [state ?? null, share, reason, id],
  });
  releasesChanged(domain.ctx);
}

/** Ids of devices that are in a rollout at a percentage, and of devices that are not. */
export async function devicesAround(domain: Domain, id: string, percent: number) {
  const [row] = await domain.rows<{ seed: string }>({
    sql: "SELECT seed FROM rollouts WHERE id = ?",
    args: [id],
  });
  const ids = Array.from({ length: 1_000 }, (_, index) => `device-${index}`);
  const isInside = (device: string) => cohortOf(row?.seed ?? "", device) < basisPointsOf(percent);
  const [inside, outside] = [ids.find(isInside), ids.find((device) => !isInside(device))];
  if (inside === undefined || outside === undefined) throw new Error("all devices are on one side");
  return { inside, outside };
}

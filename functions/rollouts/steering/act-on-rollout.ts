import { eq } from "drizzle-orm";
import { rollouts } from "../../../schema/rollouts/rollouts.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { requireSteering } from "../access.ts";
import { describeRollout, selectRollouts, type RolloutRow } from "../describe-rollout.ts";
import type { DescribedRollout } from "../schemas.ts";
import { moveRollout } from "./move-rollout.ts";
import type { Move } from "./next-move.ts";
import { transitions, type RolloutAction } from "./transitions.ts";

/** How often an action is tried where the rollout moves under it; each time it has gone on by itself. */
const TRIES = 3;

type Request = {
  reason?: string | undefined;
  /** The index of the step to raise it to; without it, the next. */
  step?: number | undefined;
};

/**
 * Does what somebody wants with a rollout. Where it moves by itself at the same moment, the action is done to what it has
 * become; a raise that has happened meanwhile is not done twice.
 * @returns the rollout after that
 * @throws AppError ROLLOUT_NOT_FOUND; ROLLOUT_STATE where its state does not allow that; ROLLOUT_STEP for a step that is
 *   not ahead; INSUFFICIENT_SCOPE
 */
export async function actOnRollout(
  ctx: Ctx,
  id: string,
  action: RolloutAction,
  request: Request,
): Promise<DescribedRollout> {
  requireSteering(ctx.actor);
  const seen = await findRollout(ctx, id);
  let row = seen;
  for (let left = TRIES; left > 0; left--) {
    if (action === "raise" && row.rollout.step > seen.rollout.step) return describeRollout(ctx, row);
    const moved = await moveRollout(ctx, row, moveOf(row, action, request), ctx.actor);
    if (moved) return describeRollout(ctx, moved);
    row = await findRollout(ctx, id);
  }
  throw new AppError("SERVICE_UNAVAILABLE", {}, { retryAfter: 1 });
}

async function findRollout(ctx: Ctx, id: string): Promise<RolloutRow> {
  const [row] = await ctx.deps.db.read((q) => selectRollouts(q).where(eq(rollouts.id, id)));
  if (!row) throw new AppError("ROLLOUT_NOT_FOUND");
  requireSteering(ctx.actor, row);
  return row;
}

function moveOf({ rollout }: RolloutRow, action: RolloutAction, { reason = "", step }: Request): Move {
  const arrow = transitions[rollout.state][action];
  if (!arrow) throw new AppError("ROLLOUT_STATE", { instead: `rollout.is.${rollout.state}` });
  const { name, to } = arrow;
  if (action !== "raise") return { name, state: to, step: rollout.step, reason };
  const last = rollout.steps.length - 1;
  const next = step ?? rollout.step + 1;
  if (next <= rollout.step || (step !== undefined && step > last))
    throw new AppError("ROLLOUT_STEP", { step: next, at: rollout.step, last });
  if (next <= last) return { name, state: to, step: next, reason };
  return { name: "complete", state: "completed", step: rollout.step, reason };
}

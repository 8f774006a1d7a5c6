import { eq } from "drizzle-orm";
import { rollouts } from "../../schema/rollouts/rollouts.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { requireSight } from "./access.ts";
import { describeRollout, selectRollouts } from "./describe-rollout.ts";
import type { DescribedRollout } from "./schemas.ts";

/** One rollout, with its figures and what it does next. @throws AppError INVALID_API_KEY, INSUFFICIENT_SCOPE, ROLLOUT_NOT_FOUND. */
export async function getRollout(ctx: Ctx, id: string): Promise<DescribedRollout> {
  requireSight(ctx.actor);
  const [row] = await ctx.deps.db.read((q) => selectRollouts(q).where(eq(rollouts.id, id)));
  if (!row) throw new AppError("ROLLOUT_NOT_FOUND");
  requireSight(ctx.actor, row);
  return describeRollout(ctx, row);
}

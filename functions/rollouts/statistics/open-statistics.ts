import type { Ctx } from "../../core/context.ts";
import { slugOf } from "../../releases/access.ts";
import { requireSight } from "../access.ts";

/**
 * The slug of the software whose statistics somebody asks for. One round trip for an akey.
 * @param name slug or akey
 * @throws AppError INVALID_API_KEY, INSUFFICIENT_SCOPE, ACCESS_DENIED, SOFTWARE_NOT_FOUND for an akey of none
 */
export async function openStatistics(ctx: Ctx, name: string): Promise<string> {
  requireSight(ctx.actor);
  const slug = await slugOf(ctx, name);
  requireSight(ctx.actor, { software: slug });
  return slug;
}

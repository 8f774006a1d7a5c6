import { sql, type SQL } from "drizzle-orm";
import { actorName, type Ctx } from "../core/context.ts";

/** The audit row of a change that cannot be one of nothing. */
export function auditNew(ctx: Ctx, action: string, target: string, detail: Record<string, unknown>) {
  return { at: ctx.deps.clock(), actor: actorName(ctx.actor), action, target, detail };
}

/** The audit row of the statement before it in the batch: none where that one changed nothing. */
export function auditChange(
  ctx: Ctx,
  action: string,
  target: string,
  detail: Record<string, unknown> = {},
): SQL {
  const { clock } = ctx.deps;
  return sql`SELECT NULL, ${clock()}, ${actorName(ctx.actor)}, ${action}, ${target}, ${JSON.stringify(detail)} WHERE changes() > 0`;
}

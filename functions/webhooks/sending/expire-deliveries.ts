import { sql } from "drizzle-orm";
import { webhookDeliveries as deliveries } from "../../../schema/webhooks.ts";
import type { Ctx } from "../../core/context.ts";

const DAY_MS = 86_400_000;
/** Deliveries in one statement, whose attempts go with them. */
const SLICE = 1000;

/** Deletes deliveries that have ended and are older than WEBHOOK_DAYS, some at a time. */
export async function expireDeliveries(ctx: Ctx): Promise<void> {
  const before = ctx.deps.clock() - ctx.deps.config.WEBHOOK_DAYS * DAY_MS;
  const old = sql`SELECT ${deliveries.id} FROM ${deliveries}
    WHERE ${deliveries.createdAt} < ${before} AND ${deliveries.state} <> 'pending' LIMIT ${SLICE}`;
  while (ctx.mayGoOn()) {
    const { deleted } = await ctx.deps.db.write((q) => ({
      deleted: q
        .delete(deliveries)
        .where(sql`${deliveries.id} IN (${old})`)
        .returning({ id: deliveries.id }),
    }));
    if (deleted.length < SLICE) return;
  }
}

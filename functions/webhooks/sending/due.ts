import { sql } from "drizzle-orm";
import { webhookDeliveries as deliveries, webhookEndpoints as endpoints } from "../../../schema/webhooks.ts";
import type { Ctx } from "../../core/context.ts";

/** How long an attempt may be under way before another may begin: an endpoint's five seconds, and those of a slow database. */
const LEASE_MS = 30_000;
/** Attempts under way at one endpoint, so that a slow one is not flooded and keeps nobody else waiting. */
const AT_ONCE = 4;
/** Deliveries of one claim: with the database's, the six connections that the platform opens at once. */
const CLAIM = 5;

/** A delivery that this run may attempt. `attempts` fences the attempt. */
export type ClaimedDelivery = Awaited<ReturnType<typeof claimDue>>[number];

/** When the next delivery is due, in milliseconds since 1970; null where none is. One look-up in an index. */
export async function earliestDue(ctx: Ctx): Promise<number | null> {
  const [row] = await ctx.deps.db.read((q) =>
    q
      .select({ at: sql<number | null>`min(${deliveries.nextAt})` })
      .from(deliveries)
      .where(sql`${deliveries.state} = 'pending'`),
  );
  return row?.at ?? null;
}

/**
 * Takes deliveries that are due, so that nobody else attempts them now: of each endpoint those that have waited longest, the
 * endpoints in turn. The cost depends on the number of endpoints, not on what waits.
 */
export async function claimDue(ctx: Ctx) {
  const now = ctx.deps.clock();
  const [leaseUntil, open] = [now + LEASE_MS, sql.raw("state = 'pending'")];
  const waiting = sql`SELECT id FROM ${deliveries} WHERE endpoint_id = ${endpoints.id} AND ${open}
    AND next_at <= ${now} ORDER BY next_at LIMIT ${AT_ONCE}`;
  const underWay = sql`SELECT count(*) FROM ${deliveries} WHERE endpoint_id = ${endpoints.id} AND ${open}
    AND lease_until > ${now}`;
  const due = sql`SELECT id FROM (
    SELECT ${deliveries.id} AS id, ${deliveries.nextAt} AS next_at, (${underWay})
      + row_number() OVER (PARTITION BY ${endpoints.id} ORDER BY ${deliveries.nextAt}, ${deliveries.id}) AS place
    FROM ${endpoints} CROSS JOIN ${deliveries} WHERE ${deliveries.id} IN (${waiting}))
    WHERE place <= ${AT_ONCE} ORDER BY place, next_at LIMIT ${CLAIM}`;
  const { claimed, known } = await ctx.deps.db.write((q) => ({
    claimed: q
      .update(deliveries)
      .set({ attempts: sql`${deliveries.attempts} + 1`, nextAt: leaseUntil, leaseUntil })
      .where(sql`${deliveries.id} IN (${due})`)
      .returning({
        id: deliveries.id,
        endpointId: deliveries.endpointId,
        payload: deliveries.payload,
        attempts: deliveries.attempts,
        failures: deliveries.failures,
      }),
    known: q.select().from(endpoints),
  }));
  const endpointOf = new Map(known.map((endpoint) => [endpoint.id, endpoint]));
  return claimed.flatMap((delivery) => {
    const endpoint = endpointOf.get(delivery.endpointId);
    return endpoint ? [{ ...delivery, endpoint }] : [];
  });
}

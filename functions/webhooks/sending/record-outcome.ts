import { and, eq, isNull, lt, or, sql, type SQL } from "drizzle-orm";
import {
  webhookAttempts as attempts,
  webhookDeliveries as deliveries,
  webhookEndpoints as endpoints,
} from "../../../schema/webhooks.ts";
import { audited } from "../../core/audit.ts";
import type { Ctx } from "../../core/context.ts";
import type { Batch } from "../../core/database/batch.ts";
import type { Query } from "../../core/database/database.ts";
import type { Outcome } from "./attempt.ts";
import type { ClaimedDelivery } from "./due.ts";
import { nextAttempt, SILENT_MS } from "./schedule.ts";

/** The status by which a receiver says that it wants nothing any more. */
const GONE = 410;

/**
 * Writes how an attempt ended, and what follows: done, tried again later, or given up. Who says that it is gone, or who took
 * nothing for a day by the time that a delivery is given up, is disabled.
 */
export async function recordOutcome(ctx: Ctx, delivery: ClaimedDelivery, outcome: Outcome): Promise<void> {
  const { db, clock, log } = ctx.deps;
  const now = clock();
  const { endpointId } = delivery;
  if (outcome.fault === null) {
    await db.write((q) => ({ attempt: insertAttempt(q, delivery, outcome), ...succeed(q, delivery, now) }));
    return;
  }
  const isGone = outcome.status === GONE;
  const nextAt = isGone ? null : nextAttempt(delivery.failures + 1, now);
  const failed = (q: Query) => ({
    attempt: insertAttempt(q, delivery, outcome),
    failed: fail(q, delivery, nextAt, now),
  });
  if (nextAt !== null) {
    await db.write(failed);
    return;
  }
  const reason = reasonOf(outcome);
  const { disabled } = await db.write((q) => ({
    ...failed(q),
    disabled: disable(ctx, q, { id: endpointId, reason, isGone }, now),
  }));
  if (disabled.endpoint.change.length > 0) log.warn("webhook disabled", { webhook: endpointId, reason });
}

const reasonOf = ({ status, fault }: Outcome): string =>
  status === GONE ? "answered 410: it is gone" : `took nothing for a day; the last attempt: ${fault}`;

/** Only the last attempt of a delivery that is still there. */
const isLast = ({ id, attempts: attempt }: ClaimedDelivery): SQL =>
  sql`${deliveries.id} = ${id} AND ${deliveries.attempts} = ${attempt}`;

const insertAttempt = (q: Query, delivery: ClaimedDelivery, { at, ms, status, fault, answer }: Outcome) =>
  q.insert(attempts).select(
    sql`SELECT ${deliveries.id}, ${delivery.attempts}, ${at}, ${ms}, ${status}, ${fault}, ${answer}
      FROM ${deliveries} WHERE ${deliveries.id} = ${delivery.id}`,
  );

const succeed = (q: Query, delivery: ClaimedDelivery, now: number): Batch => ({
  delivered: q
    .update(deliveries)
    .set({ state: "delivered", nextAt: null, leaseUntil: 0, endedAt: now })
    .where(isLast(delivery)),
  endpoint: q.update(endpoints).set({ deliveredAt: now }).where(eq(endpoints.id, delivery.endpointId)),
});

const fail = (q: Query, delivery: ClaimedDelivery, nextAt: number | null, now: number) =>
  q
    .update(deliveries)
    .set({
      failures: sql`${deliveries.failures} + 1`,
      leaseUntil: 0,
      ...(nextAt === null ? { state: "failed", nextAt: null, endedAt: now } : { nextAt }),
    })
    .where(sql`${isLast(delivery)} AND ${deliveries.state} = 'pending'`);

/** The statements that disable an endpoint by itself; what waited for it is given up. */
function disable(
  ctx: Ctx,
  q: Query,
  { id, reason, isGone }: { id: string; reason: string; isGone: boolean },
  now: number,
) {
  const isSilent = or(isNull(endpoints.deliveredAt), lt(endpoints.deliveredAt, now - SILENT_MS));
  const change = q
    .update(endpoints)
    .set({ isEnabled: false, disabledReason: reason, disabledAt: now, updatedAt: now })
    .where(and(eq(endpoints.id, id), eq(endpoints.isEnabled, true), isGone ? undefined : isSilent))
    .returning({ id: endpoints.id });
  return {
    endpoint: audited(ctx, q, change, { action: "webhook.disable", target: id, detail: { reason }, at: now }),
    waiting: giveUpWaiting(q, id, now),
  };
}

/** The statement that gives up what waits for an endpoint, where that is disabled. */
export const giveUpWaiting = (q: Query, endpointId: string, now: number) =>
  q
    .update(deliveries)
    .set({ state: "failed", nextAt: null, endedAt: now })
    .where(
      sql`${deliveries.endpointId} = ${endpointId} AND ${deliveries.state} = 'pending'
        AND NOT (SELECT ${endpoints.isEnabled} FROM ${endpoints} WHERE ${endpoints.id} = ${endpointId})`,
    );

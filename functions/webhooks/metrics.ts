import { eq, sql } from "drizzle-orm";
import { webhookDeliveries, webhookEndpoints } from "../../schema/webhooks.ts";
import { ageInSeconds, roomMetrics } from "../core/metrics.ts";

/** What waits to be delivered, and the endpoints that this server has given up on. */
export const webhookMetrics = roomMetrics(
  (q) => ({
    waiting: q
      .select({
        count: sql<number>`count(*)`,
        oldest: sql<number | null>`min(${webhookDeliveries.createdAt})`,
      })
      .from(webhookDeliveries)
      // In these words SQLite finds the index of what is due.
      .where(sql`${webhookDeliveries.state} = 'pending' AND ${webhookDeliveries.nextAt} > 0`),
    disabled: q
      .select({ count: sql<number>`count(*)` })
      .from(webhookEndpoints)
      .where(eq(webhookEndpoints.isEnabled, false)),
  }),
  ({ waiting: [waiting], disabled: [disabled] }, ctx) => [
    {
      name: "slipway_waiting_webhook_deliveries",
      help: "Messages that have not been delivered and are still tried.",
      type: "gauge",
      samples: [{ value: waiting?.count ?? 0 }],
    },
    {
      name: "slipway_oldest_waiting_webhook_age_seconds",
      help: "How long ago the oldest of them was written; 0 where there is none.",
      type: "gauge",
      samples: [{ value: ageInSeconds(ctx, waiting?.oldest ?? undefined) }],
    },
    {
      name: "slipway_disabled_webhooks",
      help: "Endpoints that are told of nothing, because a person or this server has disabled them.",
      type: "gauge",
      samples: [{ value: disabled?.count ?? 0 }],
    },
  ],
);

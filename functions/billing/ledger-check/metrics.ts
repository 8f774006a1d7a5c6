import { ledgerChecks } from "../../../schema/billing.ts";
import type { Ctx } from "../../core/context.ts";
import type { Query, Statement } from "../../core/database/database.ts";
import { inSeconds, roomMetrics } from "../../core/metrics.ts";

/** The row of the last daily check. */
const DAILY = 1;

/** The statement that keeps what a daily check of the ledger found, for metrics. */
export function noteLedgerCheck({ deps: { clock } }: Ctx, query: Query, problems: number): Statement {
  const found = { checkedAt: clock(), problems };
  return query
    .insert(ledgerChecks)
    .values({ id: DAILY, ...found })
    .onConflictDoUpdate({ target: ledgerChecks.id, set: found });
}

/** Whether the money added up at the last daily check. */
export const billingMetrics = roomMetrics(
  (q) => ({ checks: q.select().from(ledgerChecks) }),
  ({ checks: [last] }) => [
    {
      name: "slipway_ledger_check_timestamp_seconds",
      help: "When the ledger was last checked.",
      type: "gauge",
      samples: [{ value: inSeconds(last?.checkedAt) }],
    },
    {
      name: "slipway_ledger_check_problems",
      help: "What did not add up in the last check of the ledger; 0 where all does.",
      type: "gauge",
      samples: [{ value: last?.problems }],
    },
  ],
);

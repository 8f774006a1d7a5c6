import { eq, sql } from "drizzle-orm";
import { users } from "../../schema/accounts.ts";
import { ledgerTotals, type ledgerKinds } from "../../schema/billing.ts";
import { gpuServers } from "../../schema/compute/servers.ts";
import { taskCounts } from "../../schema/compute/tasks.ts";
import { requireScope } from "../accounts/api-keys/api-keys.ts";
import { units } from "../billing/money.ts";
import type { Ctx } from "../core/context.ts";

export type Stats = {
  total_users: number;
  active_users: number;
  total_tasks: number;
  running_tasks: number;
  completed_tasks: number;
  failed_tasks: number;
  total_gpu_servers: number;
  online_gpu_servers: number;
  total_revenue: number;
  total_recharged: number;
};

type LedgerKind = (typeof ledgerKinds)[number];

/** The owner of the counts of everybody's tasks. */
const EVERYBODY = "";
/** How many polls a server may miss before it counts as offline. */
const POLLS_UNTIL_OFFLINE = 3;

/**
 * What the service is doing, from running counts and totals; users are counted in an index.
 * @throws AppError ACCESS_DENIED, INSUFFICIENT_SCOPE.
 */
export async function getStats(ctx: Ctx): Promise<Stats> {
  requireScope(ctx.actor, "metrics:read");
  const { db, clock, config } = ctx.deps;
  const seenSince = clock() - POLLS_UNTIL_OFFLINE * config.POLL_INTERVAL_SECONDS * 1000;
  const { accounts, tasks, servers, moved } = await db.readBatch((q) => ({
    accounts: q
      .select({ total: sql<number>`count(*)`, active: sql<number>`coalesce(sum(${users.isActive}), 0)` })
      .from(users),
    tasks: q
      .select({ status: taskCounts.status, count: sql<number>`sum(${taskCounts.count})` })
      .from(taskCounts)
      .where(eq(taskCounts.owner, EVERYBODY))
      .groupBy(taskCounts.status),
    servers: q
      .select({
        total: sql<number>`count(*)`,
        online: sql<number>`coalesce(sum(${gpuServers.lastSeenAt} >= ${seenSince}), 0)`,
      })
      .from(gpuServers),
    moved: q.select().from(ledgerTotals),
  }));
  const ofStatus = (status: string) => tasks.find((row) => row.status === status)?.count ?? 0;
  const ofKind = (kind: LedgerKind) => moved.find((row) => row.kind === kind)?.amount ?? 0;
  return {
    total_users: accounts[0]?.total ?? 0,
    active_users: accounts[0]?.active ?? 0,
    total_tasks: tasks.reduce((sum, { count }) => sum + count, 0),
    running_tasks: ofStatus("running"),
    completed_tasks: ofStatus("completed"),
    failed_tasks: ofStatus("failed"),
    total_gpu_servers: servers[0]?.total ?? 0,
    online_gpu_servers: servers[0]?.online ?? 0,
    total_revenue: units(0 - ofKind("charge") - ofKind("refund")),
    total_recharged: units(ofKind("recharge")),
  };
}

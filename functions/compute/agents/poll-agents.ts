import { and, eq, sql } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { publicOrigin, type Ctx } from "../../core/context.ts";
import { recordAgentFault } from "./agent-faults.ts";
import { agentReport, MAX_TASKS, type AgentReport } from "./agent-reports.ts";
import { assignmentsOf } from "./assignments.ts";
import { AgentFault, callAgent, type CalledServer } from "./call-agent.ts";
import { forEachAgent } from "./for-each-agent.ts";
import { pushCancel, pushTasks } from "./push-tasks.ts";
import { recordReport } from "./record-report.ts";

/** Agents polled in one tick. If none of them answers, the tick takes 50 seconds. */
const POLLS = 60;

/**
 * Polls the agents that can be called and are due, those that answered last time first. Choosing them postpones their next
 * poll in the same statement, so that two runs at once do not call the same agents.
 */
export async function pollAgents(ctx: Ctx): Promise<void> {
  const { db, clock, config } = ctx.deps;
  const now = clock();
  const due = sql`SELECT ${gpuServers.id} FROM ${gpuServers}
    WHERE ${gpuServers.agentUrl} IS NOT NULL AND ${gpuServers.nextPollAt} <= ${now}
    ORDER BY ${gpuServers.failures} > 0, ${gpuServers.nextPollAt} LIMIT ${POLLS}`;
  const { servers } = await db.write((q) => ({
    servers: q
      .update(gpuServers)
      // A tick may come a little early: an agent that is due by then is polled all the same.
      .set({ nextPollAt: now + 500 * config.POLL_INTERVAL_SECONDS })
      .where(sql`${gpuServers.id} IN (${due})`)
      .returning({
        id: gpuServers.id,
        agentUrl: sql<string>`${gpuServers.agentUrl}`,
        tokenVersion: gpuServers.tokenVersion,
        failures: gpuServers.failures,
      }),
  }));
  await forEachAgent(
    servers.toSorted((a, b) => a.failures - b.failures),
    (server) => pollAgent(ctx, server).catch((error: unknown) => recordAgentFault(ctx, server.id, error)),
  );
}

/** Asks one agent for its report, then stops tasks and brings new ones, as a heartbeat does. @throws AgentFault */
async function pollAgent(ctx: Ctx, server: CalledServer): Promise<void> {
  const report = await askForReport(ctx, server);
  const most = report.max_concurrent_tasks ?? MAX_TASKS;
  const recorded = await recordReport(ctx, {
    server: and(eq(gpuServers.id, server.id), eq(gpuServers.tokenVersion, server.tokenVersion)) ?? sql`false`,
    report,
    want: Math.max(0, most - report.running_tasks.length),
    changes: { failures: 0, lastError: null },
  });
  if (!recorded) return;
  for (const run of recorded.notTheirs) await pushCancel(ctx, server, run);
  await pushTasks(ctx, server, await assignmentsOf(ctx, publicOrigin(ctx.deps), recorded.assigned));
}

async function askForReport(ctx: Ctx, server: CalledServer): Promise<AgentReport> {
  const { status, value } = await callAgent(ctx, server, { method: "GET", path: "/status" });
  if (status !== 200) throw new AgentFault(`answers ${status}`);
  const parsed = agentReport.safeParse(value);
  if (!parsed.success) throw new AgentFault("answers something that is no report");
  return parsed.data;
}

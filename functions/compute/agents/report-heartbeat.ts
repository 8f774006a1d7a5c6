import { sql } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import type { AgentReport } from "./agent-reports.ts";
import { assignmentsOf, type Assignment } from "./assignments.ts";
import { nextHeartbeat } from "./heartbeat-pace.ts";
import { recordReport } from "./record-report.ts";

/** A run of a task as agents name it. */
export type NamedRun = { task_id: string; attempt: number };
export type HeartbeatAnswer = { cancel: NamedRun[]; assign: Assignment[]; next_seconds: number };

type Heartbeat = {
  tokenHash: string;
  report: AgentReport;
  /** Tasks that the agent would take. */
  want: number;
  /** The address that the heartbeat comes from, if known. */
  address: string;
  /** This server's address as the agent knows it. */
  origin: string;
};

/**
 * Records what a pulling agent reports, and answers what it is to do. One round trip, and another where an assigned task has
 * inputs.
 * @throws AppError INVALID_AGENT_TOKEN.
 */
export async function reportHeartbeat(ctx: Ctx, heartbeat: Heartbeat): Promise<HeartbeatAnswer> {
  const { tokenHash, report, want, address, origin } = heartbeat;
  const { agentUrl, host, nextPollAt } = gpuServers;
  const recorded = await recordReport(ctx, {
    server: sql`${gpuServers.tokenHash} = ${tokenHash}`,
    report,
    want,
    changes: {
      host: sql<string>`CASE WHEN ${agentUrl} IS NULL AND ${address} <> '' THEN ${address} ELSE ${host} END`,
      nextPollAt: sql<number>`min(${nextPollAt}, ${ctx.deps.clock()})`,
    },
  });
  if (!recorded) throw new AppError("INVALID_AGENT_TOKEN");
  const { server, notTheirs, assigned, idleAgents, isFull } = recorded;
  return {
    cancel: notTheirs.map(({ taskId, attempt }) => ({ task_id: taskId, attempt })),
    assign: await assignmentsOf(ctx, origin, assigned),
    next_seconds: nextHeartbeat(ctx, { serverId: server.id, want, idleAgents, isFull }),
  };
}

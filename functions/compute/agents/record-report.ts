import { sql, type SQL } from "drizzle-orm";
import { gpuReadings, gpuServers } from "../../../schema/compute/servers.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import type { Ctx } from "../../core/context.ts";
import type { Query, Statement } from "../../core/database/database.ts";
import { newId } from "../../kit/ids.ts";
import { selectAssigned } from "../queue/assignments.ts";
import { claimTasks } from "../queue/claims.sql.ts";
import { renewReportedLeases } from "../queue/leases.ts";
import { isNoRunOf, serverIdWhere } from "../queue/runs.ts";
import { gpuUsageOf, memoryOf, taskMemoryOf, type AgentReport } from "./agent-reports.ts";
import { countFleet } from "./fleet.sql.ts";

/** The charts show one point a minute. */
const READING_MS = 60_000;
/** A server counts as present when it was seen within this time. */
const PRESENT_MS = 60_000;

type Reported = {
  /** A condition on `gpu_servers` that only the reporting server meets. */
  server: SQL;
  report: AgentReport;
  /** Tasks that the agent would take. */
  want: number;
  /** Further columns to set in its row. */
  changes: {
    host?: SQL<string>;
    nextPollAt?: SQL<number>;
    failures?: number;
    lastError?: null;
  };
};

/**
 * Stores a report, renews the leases of those runs in it that belong to this server, and claims tasks for the server.
 * Undefined where there is no such server. One round trip.
 * @returns the reported runs that do not or no longer belong to this server, and the tasks that it has but did not report:
 *   tasks claimed just now, or in an earlier answer that was lost
 */
export async function recordReport(ctx: Ctx, { server, report, want, changes }: Reported) {
  const { db, clock, config } = ctx.deps;
  const now = clock();
  const leaseUntil = now + 1000 * config.LEASE_SECONDS;
  const runs = report.running_tasks.map(({ task_id: taskId, attempt, progress }) => ({
    taskId,
    attempt,
    progress,
  }));
  const serverId = serverIdWhere(server);
  const machine = machineColumns(report);
  const unreported = sql`${tasks.gpuServerId} = ${serverId} AND ${isNoRunOf(runs)}`;

  const answers = await db.write((q) => ({
    servers: q
      .update(gpuServers)
      .set({ ...machine, ...changes, lastSeenAt: now, readingAt: readingDue(now) })
      .where(server)
      .returning({
        id: gpuServers.id,
        agentUrl: gpuServers.agentUrl,
        tokenVersion: gpuServers.tokenVersion,
        maxConcurrentTasks: gpuServers.maxConcurrentTasks,
      }),
    reading: insertReading(q, server, report, now),
    renewed: renewReportedLeases(q, runs, serverId, now, leaseUntil),
    claim: claimTasks(q, { server, machine, want, claimId: newId("clm", now), now, leaseUntil }),
    assigned: selectAssigned(q, unreported),
    fleet: countFleet(q, serverId, now - PRESENT_MS),
  }));
  const [known] = answers.servers;
  if (!known) return undefined;
  const [fleet] = answers.fleet;
  const valid = new Set(answers.renewed.map(({ id, attempt }) => `${id} ${attempt}`));
  return {
    server: known,
    notTheirs: runs.filter(({ taskId, attempt }) => !valid.has(`${taskId} ${attempt}`)),
    assigned: answers.assigned,
    idleAgents: fleet?.idle ?? 0,
    isFull: (fleet?.running ?? 0) >= known.maxConcurrentTasks,
  };
}

function machineColumns(report: AgentReport) {
  const memory = memoryOf(report);
  return {
    agentVersion: report.version ?? "",
    cpuUsage: report.cpu_usage,
    memoryUsage: report.memory_usage,
    totalMemory: memory.total,
    usedMemory: memory.used,
    gpus: report.gpus.map(({ temperature, ...gpu }) =>
      temperature === undefined ? gpu : { ...gpu, temperature },
    ),
    gpuCount: report.gpus.length,
    taskTypes: report.task_types ?? null,
    taskMemory: taskMemoryOf(report),
    reportedTasks: report.running_tasks.map(({ task_id, attempt, progress }) => ({
      task_id,
      attempt,
      progress,
    })),
  };
}

/** The present moment where the last reading is old enough for another, or else that reading's time unchanged. */
const readingDue = (now: number) =>
  sql<number>`CASE WHEN ${gpuServers.readingAt} <= ${now - READING_MS} THEN ${now} ELSE ${gpuServers.readingAt} END`;

/** The statement that keeps a reading where one was due. It belongs after the statement that sets `reading_at`. */
function insertReading(query: Query, server: SQL, report: AgentReport, now: number): Statement {
  const used = report.gpus.reduce((total, gpu) => total + gpu.memory_used, 0);
  return query
    .insert(gpuReadings)
    .select(
      sql`SELECT ${gpuServers.id}, ${now}, ${report.cpu_usage}, ${report.memory_usage}, ${gpuUsageOf(report.gpus)}, ${used},
        ${report.running_tasks.length} FROM ${gpuServers} WHERE ${server} AND ${gpuServers.readingAt} = ${now}`,
    )
    .onConflictDoNothing();
}

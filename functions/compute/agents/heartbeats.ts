import { sql, type SQL } from "drizzle-orm";
import { gpuReadings, gpuServers } from "../../../schema/compute/servers.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import type { Ctx } from "../../core/context.ts";
import type { Query, Statement } from "../../core/database/database.ts";
import { AppError } from "../../core/errors.ts";
import { newId } from "../../kit/ids.ts";
import { gpuUsageOf, memoryOf, taskMemoryOf, type AgentReport } from "./agent-reports.ts";
import { assignmentRows, assignmentsOf, type Assignment } from "../queue/assignments.ts";
import { claimTasks } from "../queue/claims.ts";
import { nextHeartbeat } from "./heartbeat-pace.ts";

/** Charts have a point a minute. */
const READING_MS = 60_000;

export type TaskAttempt = { task_id: string; attempt: number };
export type HeartbeatAnswer = { cancel: TaskAttempt[]; assign: Assignment[]; next_seconds: number };

type Heartbeat = {
  tokenHash: string;
  report: AgentReport;
  /** Tasks that the agent would take. */
  want: number;
  /** Where it comes from, if known. */
  address: string;
  /** As the agent sees this server. */
  origin: string;
};

/**
 * Takes what a pulling agent reports and answers what it is to do. One round trip; another where an assigned task has
 * inputs.
 * @throws AppError INVALID_AGENT_TOKEN.
 */
export async function takeHeartbeat(ctx: Ctx, heartbeat: Heartbeat): Promise<HeartbeatAnswer> {
  const { tokenHash, report, want, address, origin } = heartbeat;
  const host = sql<string>`CASE WHEN agent_url IS NULL AND ${address} <> '' THEN ${address} ELSE host END`;
  const nextPollAt = sql<number>`min(next_poll_at, ${ctx.deps.clock()})`;
  const taken = await takeReport(ctx, {
    server: sql`token_hash = ${tokenHash}`,
    report,
    want,
    changes: { host, nextPollAt },
  });
  if (!taken) throw new AppError("INVALID_AGENT_TOKEN");
  return {
    cancel: taken.cancel,
    assign: await assignmentsOf(ctx, origin, taken.assigned),
    next_seconds: nextHeartbeat(ctx, {
      serverId: taken.server.id,
      want,
      idleAgents: taken.idleAgents,
      isFull: taken.isFull,
    }),
  };
}

type Taken = {
  /** A condition on `gpu_servers` that the reporting one alone meets. */
  server: SQL;
  report: AgentReport;
  want: number;
  /** Of its row, beside the report. */
  changes: {
    host?: SQL<string>;
    nextPollAt?: SQL<number>;
    failures?: number;
    lastError?: null;
  };
};

/**
 * Keeps a report; renews the leases of the attempts in it that are this server's; claims tasks for it. Undefined where
 * there is no such server. One round trip.
 * @returns reported attempts that are not this server's (any more), and the tasks it has that it did not report: just
 * claimed, or claimed in an answer that was lost
 */
export async function takeReport(ctx: Ctx, { server, report, want, changes }: Taken) {
  const { db, clock, config } = ctx.deps;
  const now = clock();
  const leaseUntil = now + 1000 * config.LEASE_SECONDS;
  const reported = JSON.stringify(
    report.running_tasks.map(({ task_id, attempt, progress }) => [task_id, attempt, progress]),
  );
  const serverId = sql`(SELECT id FROM gpu_servers WHERE ${server})`;
  const columns = serverColumns(report);
  const unreported = sql`gpu_server_id = ${serverId} AND (id, attempt) NOT IN (
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(${reported}))`;

  const [[known], , renewed, , , , assigned, [fleet]] = await db.write((q) => [
    q
      .update(gpuServers)
      .set({ ...columns, ...changes, lastSeenAt: now, readingAt: readingDue(now) })
      .where(server)
      .returning({
        id: gpuServers.id,
        agentUrl: gpuServers.agentUrl,
        tokenVersion: gpuServers.tokenVersion,
        maxConcurrentTasks: gpuServers.maxConcurrentTasks,
      }),
    keepReading(q, server, report, now),
    renewLeases(q, serverId, reported, now, leaseUntil),
    ...claimTasks(q, { server, machine: columns, want, claimId: newId("clm", now), now, leaseUntil }),
    assignmentRows(q, unreported),
    fleetFigures(q, serverId, now),
  ]);
  if (!known) return undefined;
  const valid = new Set(renewed.map(({ id, attempt }) => `${id} ${attempt}`));
  return {
    server: known,
    cancel: report.running_tasks
      .filter(({ task_id, attempt }) => !valid.has(`${task_id} ${attempt}`))
      .map(({ task_id, attempt }) => ({ task_id, attempt })),
    assigned,
    idleAgents: fleet?.idle ?? 0,
    isFull: (fleet?.running ?? 0) >= known.maxConcurrentTasks,
  };
}

function serverColumns(report: AgentReport) {
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

const readingDue = (now: number) =>
  sql<number>`CASE WHEN reading_at <= ${now - READING_MS} THEN ${now} ELSE reading_at END`;

function keepReading(query: Query, server: SQL, report: AgentReport, now: number): Statement {
  const used = report.gpus.reduce((total, gpu) => total + gpu.memory_used, 0);
  return query
    .insert(gpuReadings)
    .select(
      sql`SELECT id, ${now}, ${report.cpu_usage}, ${report.memory_usage}, ${gpuUsageOf(report.gpus)}, ${used},
        ${report.running_tasks.length} FROM gpu_servers WHERE ${server} AND reading_at = ${now}`,
    )
    .onConflictDoNothing();
}

/** Of the reported attempts that are this server's. */
function renewLeases(query: Query, serverId: SQL, reported: string, now: number, leaseUntil: number) {
  return query
    .update(tasks)
    .set({
      leaseUntil,
      progress: sql`max(${tasks.progress}, said.progress)`,
      updatedAt: sql`CASE WHEN said.progress > ${tasks.progress} THEN ${now} ELSE ${tasks.updatedAt} END`,
    })
    .from(
      sql`(SELECT json_extract(value, '$[0]') AS task_id, json_extract(value, '$[1]') AS attempt,
        json_extract(value, '$[2]') AS progress FROM json_each(${reported})) AS said`,
    )
    .where(
      sql`${tasks.id} = said.task_id AND ${tasks.attempt} = said.attempt AND ${tasks.status} = 'running'
        AND ${tasks.gpuServerId} = ${serverId}`,
    )
    .returning({ id: tasks.id, attempt: tasks.attempt });
}

/** What the pace of heartbeats depends on: pulling agents with room, and how many tasks this server has. */
function fleetFigures(query: Query, serverId: SQL, now: number) {
  return query
    .select({
      idle: sql<number>`coalesce(sum(agent_url IS NULL AND is_active = 1 AND last_seen_at > ${now - READING_MS}
        AND json_array_length(reported_tasks) < max_concurrent_tasks), 0)`,
      running: sql<number>`(SELECT count(*) FROM tasks WHERE status = 'running' AND gpu_server_id = ${serverId})`,
    })
    .from(gpuServers);
}

import { gpuServers, type GpuReading } from "../../../schema/compute/servers.ts";
import type { Ctx } from "../../core/context.ts";
import { sayAgentFault } from "../faults.ts";
import { runningTasksOfServer } from "./running-tasks.sql.ts";
import { statusOf } from "./server-status.ts";

type Row = typeof gpuServers.$inferSelect;

const isoOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** What lists show of a server. */
export const serverSummaryColumns = {
  id: gpuServers.id,
  name: gpuServers.name,
  host: gpuServers.host,
  isActive: gpuServers.isActive,
  maxConcurrentTasks: gpuServers.maxConcurrentTasks,
  totalMemory: gpuServers.totalMemory,
  usedMemory: gpuServers.usedMemory,
  gpuCount: gpuServers.gpuCount,
  taskTypes: gpuServers.taskTypes,
  cpuUsage: gpuServers.cpuUsage,
  memoryUsage: gpuServers.memoryUsage,
  lastSeenAt: gpuServers.lastSeenAt,
  currentTasks: runningTasksOfServer,
};

/** What is told of one server. */
export const serverColumns = {
  ...serverSummaryColumns,
  agentUrl: gpuServers.agentUrl,
  agentVersion: gpuServers.agentVersion,
  gpus: gpuServers.gpus,
  lastError: gpuServers.lastError,
  createdAt: gpuServers.createdAt,
  updatedAt: gpuServers.updatedAt,
};

type SummaryRow = Pick<Row, Exclude<keyof typeof serverSummaryColumns, "currentTasks">> & {
  currentTasks: number;
};
type ServerRow = SummaryRow & Pick<Row, Exclude<keyof typeof serverColumns, "currentTasks">>;

/** A server as lists answer it. */
export function summarizeServer({ deps }: Ctx, row: SummaryRow) {
  return {
    id: row.id,
    name: row.name,
    host: row.host,
    status: statusOf(deps.config, row.lastSeenAt, deps.clock()),
    is_active: row.isActive,
    current_tasks: row.currentTasks,
    max_concurrent_tasks: row.maxConcurrentTasks,
    total_memory: row.totalMemory,
    used_memory: row.usedMemory,
    gpu_count: row.gpuCount,
    task_types: row.taskTypes,
    cpu_usage: row.cpuUsage,
    memory_usage: row.memoryUsage,
    last_heartbeat: isoOrNull(row.lastSeenAt),
  };
}

/** One server; where its agent is and what is wrong with it are for administrators. */
export function describeServer(ctx: Ctx, row: ServerRow) {
  const isAdmin = ctx.actor.type === "user" && ctx.actor.role === "admin";
  return {
    ...summarizeServer(ctx, row),
    agent_url: isAdmin ? row.agentUrl : null,
    agent_version: row.agentVersion,
    gpus: describeGpus(row.gpus),
    last_error: isAdmin ? sayAgentFault(ctx, row.lastError) : null,
    created_at: new Date(row.createdAt).toISOString(),
    updated_at: new Date(row.updatedAt).toISOString(),
  };
}

export type GpuServer = ReturnType<typeof describeServer>;

/** The GPUs as last reported. */
export function describeGpus(gpus: readonly GpuReading[]) {
  return gpus.map(({ gpu_id, name, usage, memory_used, memory_total, temperature }) => ({
    gpu_id,
    name,
    usage,
    memory_used,
    memory_total,
    temperature: temperature ?? null,
  }));
}

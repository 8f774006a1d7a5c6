import { sql } from "drizzle-orm";
import { gpuServers, type GpuReading } from "../../../schema/compute/servers.ts";
import type { Ctx } from "../../core/context.ts";
import { statusOf } from "./server-status.ts";

type Row = typeof gpuServers.$inferSelect;

const isoOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** Tasks that run there, as a column of a query that reads `gpu_servers`. */
const currentTasks = sql<number>`(SELECT count(*) FROM tasks
  WHERE status = 'running' AND gpu_server_id = gpu_servers.id)`;

/** What lists show of a server. */
export const listedColumns = {
  id: gpuServers.id,
  name: gpuServers.name,
  host: gpuServers.host,
  isActive: gpuServers.isActive,
  maxConcurrentTasks: gpuServers.maxConcurrentTasks,
  totalMemory: gpuServers.totalMemory,
  usedMemory: gpuServers.usedMemory,
  gpuCount: gpuServers.gpuCount,
  cpuUsage: gpuServers.cpuUsage,
  memoryUsage: gpuServers.memoryUsage,
  lastSeenAt: gpuServers.lastSeenAt,
  currentTasks,
};

/** What is shown of one. */
export const shownColumns = {
  ...listedColumns,
  agentUrl: gpuServers.agentUrl,
  agentVersion: gpuServers.agentVersion,
  gpus: gpuServers.gpus,
  lastError: gpuServers.lastError,
  createdAt: gpuServers.createdAt,
  updatedAt: gpuServers.updatedAt,
};

type Listed = Pick<Row, Exclude<keyof typeof listedColumns, "currentTasks">> & { currentTasks: number };
type Shown = Listed & Pick<Row, Exclude<keyof typeof shownColumns, "currentTasks">>;

/** A server as lists answer it. */
export function listed({ deps }: Ctx, row: Listed) {
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
    cpu_usage: row.cpuUsage,
    memory_usage: row.memoryUsage,
    last_heartbeat: isoOrNull(row.lastSeenAt),
  };
}

/** One server; where its agent is and what is wrong with it are for administrators. */
export function shown(ctx: Ctx, row: Shown) {
  const isAdmin = ctx.actor.type === "user" && ctx.actor.role === "admin";
  return {
    ...listed(ctx, row),
    agent_url: isAdmin ? row.agentUrl : null,
    agent_version: row.agentVersion,
    gpus: gpuUsage(row.gpus),
    last_error: isAdmin ? row.lastError : null,
    created_at: new Date(row.createdAt).toISOString(),
    updated_at: new Date(row.updatedAt).toISOString(),
  };
}

export type GpuServer = ReturnType<typeof shown>;

/** The GPUs as last reported. */
export function gpuUsage(gpus: readonly GpuReading[]) {
  return gpus.map(({ gpu_id, name, usage, memory_used, memory_total, temperature }) => ({
    gpu_id,
    name,
    usage,
    memory_used,
    memory_total,
    temperature: temperature ?? null,
  }));
}

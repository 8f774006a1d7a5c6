import { asc, eq, sql } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import { requireUser } from "../../accounts/sign-in/sessions.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { isIn } from "../queue/transitions.ts";
import { statusOf } from "./server-status.ts";
import {
  describeGpus,
  describeServer,
  serverColumns,
  serverSummaryColumns,
  summarizeServer,
  type GpuServer,
} from "./server-view.ts";

/** Servers in one list; a farm has fewer. */
const MOST_SERVERS = 10_000;

/** All servers, by name. */
export async function listServers(ctx: Ctx) {
  requireUser(ctx.actor);
  const rows = await ctx.deps.db.read((q) =>
    q.select(serverSummaryColumns).from(gpuServers).orderBy(asc(gpuServers.name)).limit(MOST_SERVERS),
  );
  return rows.map((row) => summarizeServer(ctx, row));
}

/** @throws AppError GPU_SERVER_NOT_FOUND. */
export async function getServer(ctx: Ctx, id: string): Promise<GpuServer> {
  requireUser(ctx.actor);
  const [row] = await ctx.deps.db.read((q) =>
    q.select(serverColumns).from(gpuServers).where(eq(gpuServers.id, id)),
  );
  if (!row) throw new AppError("GPU_SERVER_NOT_FOUND");
  return describeServer(ctx, row);
}

/** What a server's agent last reported, and the tasks that run there. @throws AppError GPU_SERVER_NOT_FOUND. */
export async function getServerStatus(ctx: Ctx, id: string) {
  requireUser(ctx.actor);
  const { db, config, clock } = ctx.deps;
  const { found, running } = await db.readBatch((q) => ({
    found: q.select(serverColumns).from(gpuServers).where(eq(gpuServers.id, id)),
    running: q
      .select({ task_id: tasks.id, progress: tasks.progress })
      .from(tasks)
      .where(sql`${isIn(["running"])} AND ${tasks.gpuServerId} = ${id}`)
      .orderBy(asc(tasks.startedAt), asc(tasks.id)),
  }));
  const [row] = found;
  if (!row) throw new AppError("GPU_SERVER_NOT_FOUND");
  const now = clock();
  return {
    server_id: row.id,
    status: statusOf(config, row.lastSeenAt, now),
    cpu_usage: row.cpuUsage,
    memory_usage: row.memoryUsage,
    gpu_usage: describeGpus(row.gpus),
    running_tasks: running,
    timestamp: new Date(row.lastSeenAt ?? now).toISOString(),
  };
}

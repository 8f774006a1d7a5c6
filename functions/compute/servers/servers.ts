import { asc, eq, sql } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import { requireUser } from "../../accounts/sign-in/sessions.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { gpuUsage, listed, listedColumns, shown, shownColumns, type GpuServer } from "./server-view.ts";
import { statusOf } from "./server-status.ts";

/** Servers in one list; a farm has fewer. */
const MOST_SERVERS = 10_000;

/** All servers, by name. */
export async function listServers(ctx: Ctx) {
  requireUser(ctx.actor);
  const rows = await ctx.deps.db.read((q) =>
    q.select(listedColumns).from(gpuServers).orderBy(asc(gpuServers.name)).limit(MOST_SERVERS),
  );
  return rows.map((row) => listed(ctx, row));
}

/** @throws AppError GPU_SERVER_NOT_FOUND. */
export async function findServer(ctx: Ctx, id: string): Promise<GpuServer> {
  requireUser(ctx.actor);
  const [row] = await ctx.deps.db.read((q) =>
    q.select(shownColumns).from(gpuServers).where(eq(gpuServers.id, id)),
  );
  if (!row) throw new AppError("GPU_SERVER_NOT_FOUND");
  return shown(ctx, row);
}

/** What a server's agent last reported, and the tasks that run there. @throws AppError GPU_SERVER_NOT_FOUND. */
export async function serverStatus(ctx: Ctx, id: string) {
  requireUser(ctx.actor);
  const { db, config, clock } = ctx.deps;
  const [[row], running] = await db.read((q) =>
    q.batch([
      q.select(shownColumns).from(gpuServers).where(eq(gpuServers.id, id)),
      q
        .select({ task_id: tasks.id, progress: tasks.progress })
        .from(tasks)
        .where(sql`status = 'running' AND gpu_server_id = ${id}`)
        .orderBy(asc(tasks.startedAt), asc(tasks.id)),
    ]),
  );
  if (!row) throw new AppError("GPU_SERVER_NOT_FOUND");
  const now = clock();
  return {
    server_id: row.id,
    status: statusOf(config, row.lastSeenAt, now),
    cpu_usage: row.cpuUsage,
    memory_usage: row.memoryUsage,
    gpu_usage: gpuUsage(row.gpus),
    running_tasks: running,
    timestamp: new Date(row.lastSeenAt ?? now).toISOString(),
  };
}

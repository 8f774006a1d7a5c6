import { and, asc, eq, gte, sql } from "drizzle-orm";
import { gpuReadings, gpuServers } from "../../../schema/compute/servers.ts";
import { requireUser } from "../../accounts/sign-in/sessions.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";

/** How long readings are kept. */
const KEPT_MS = 24 * 3_600_000;
/** Readings deleted in one statement. */
const EXPIRY_SLICE = 5_000;

/** One server's readings of the last 24 hours, the oldest first. @throws AppError GPU_SERVER_NOT_FOUND. */
export async function getServerReadings(ctx: Ctx, serverId: string) {
  requireUser(ctx.actor);
  const { servers, rows } = await ctx.deps.db.readBatch((q) => ({
    servers: q.select({ id: gpuServers.id }).from(gpuServers).where(eq(gpuServers.id, serverId)),
    rows: q
      .select()
      .from(gpuReadings)
      .where(and(eq(gpuReadings.serverId, serverId), gte(gpuReadings.at, ctx.deps.clock() - KEPT_MS)))
      .orderBy(asc(gpuReadings.at)),
  }));
  if (servers.length === 0) throw new AppError("GPU_SERVER_NOT_FOUND");
  return rows.map((row) => ({
    timestamp: new Date(row.at).toISOString(),
    cpu_usage: row.cpuUsage,
    memory_usage: row.memoryUsage,
    gpu_usage: row.gpuUsage,
    gpu_memory_used: row.gpuMemoryUsed,
    running_tasks: row.runningTasks,
  }));
}

/** Deletes readings older than 24 hours, some at a time. */
export async function expireReadings(ctx: Ctx): Promise<void> {
  const { db, clock } = ctx.deps;
  const old = sql`SELECT rowid FROM ${gpuReadings} WHERE ${gpuReadings.at} < ${clock() - KEPT_MS} LIMIT ${EXPIRY_SLICE}`;
  let readings: number;
  do {
    const { deleted } = await db.write((q) => ({
      deleted: q
        .delete(gpuReadings)
        .where(sql`rowid IN (${old})`)
        .returning({ gone: sql`1` }),
    }));
    readings = deleted.length;
  } while (readings === EXPIRY_SLICE);
}

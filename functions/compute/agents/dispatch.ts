import { and, eq, gt, isNotNull, sql } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { publicOrigin, type Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { newId } from "../../kit/ids.ts";
import { perIsolate } from "../../core/isolate.ts";
import type { CalledServer } from "./agent-client.ts";
import { assignmentRows, assignmentsOf } from "../queue/assignments.ts";
import { claimTasks, type Machine } from "../queue/claims.ts";
import { forEachAgent, pushCancel, pushTasks } from "./push.ts";
import { onlineSince } from "../servers/server-status.ts";

/** How long an isolate may take it that no agent can be called: one registered elsewhere has to be polled first anyway. */
const FRESH_MS = 5_000;

/** When this isolate last saw that there are only agents that pull. */
const onlyPulling = perIsolate((): { seenAt: number } => ({ seenAt: -Infinity }));

/**
 * Brings pending tasks to agents that can be called, after the answer; the others take theirs with their next heartbeat.
 * Where there were none that can be called a moment ago, nothing is asked; the next tick dispatches too.
 */
export function dispatchSoon(ctx: Ctx): void {
  if (ctx.deps.clock() - onlyPulling(ctx.deps).seenAt < FRESH_MS) return;
  ctx.waitUntil(dispatch(ctx).catch((error: unknown) => ctx.deps.log.error("dispatch failed", { error })));
}

/** To be called where a server may have been given an address. */
export function noteCallable(ctx: Ctx): void {
  onlyPulling(ctx.deps).seenAt = -Infinity;
}

/** Tells the agent of a task that was stopped, after the answer, if it can be called. */
export function cancelSoon(
  ctx: Ctx,
  { taskId, attempt, serverId }: { taskId: string; attempt: number; serverId: string },
): void {
  const cancel = async () => {
    const [server] = await ctx.deps.db.read((q) =>
      q
        .select(called)
        .from(gpuServers)
        .where(and(eq(gpuServers.id, serverId), isNotNull(gpuServers.agentUrl))),
    );
    if (server) await pushCancel(ctx, server, { task_id: taskId, attempt });
  };
  ctx.waitUntil(cancel().catch((error: unknown) => ctx.deps.log.error("cancel failed", { error })));
}

const called = {
  id: gpuServers.id,
  agentUrl: sql<string>`${gpuServers.agentUrl}`,
  tokenVersion: gpuServers.tokenVersion,
};

/** Gives pending tasks to all agents that can be called, answered last time and have room. Safe to run twice. */
export async function dispatch(ctx: Ctx): Promise<void> {
  const { db, config, clock } = ctx.deps;
  const room = sql<number>`max_concurrent_tasks
    - (SELECT count(*) FROM tasks WHERE status = 'running' AND gpu_server_id = gpu_servers.id)`;
  const isPending = sql`EXISTS (SELECT 1 FROM tasks WHERE status = 'pending')`;
  const lookedAt = clock();
  const [servers, callable] = await db.read((q) =>
    q.batch([
      q
        .select({
          ...called,
          machine: {
            taskMemory: gpuServers.taskMemory,
            gpuCount: gpuServers.gpuCount,
            gpus: gpuServers.gpus,
            taskTypes: gpuServers.taskTypes,
          },
          room,
          pending: sql<number>`(SELECT count(*) FROM tasks WHERE status = 'pending')`,
        })
        .from(gpuServers)
        .where(
          and(
            isPending,
            isNotNull(gpuServers.agentUrl),
            eq(gpuServers.isActive, true),
            eq(gpuServers.failures, 0),
            gt(gpuServers.lastSeenAt, onlineSince(config, lookedAt)),
            sql`${room} > 0`,
          ),
        )
        .orderBy(sql`random()`),
      q.select({ id: gpuServers.id }).from(gpuServers).where(isNotNull(gpuServers.agentUrl)).limit(1),
    ]),
  );
  if (callable.length === 0) onlyPulling(ctx.deps).seenAt = lookedAt;
  await forEachAgent(servers, async ({ room: free, pending, machine, ...server }) => {
    const share = Math.ceil(pending / servers.length);
    await pushClaims(ctx, server, machine, Math.min(free, share)).catch((error: unknown) =>
      ctx.deps.log.error("push failed", { server: server.id, error }),
    );
  });
}

async function pushClaims(ctx: Ctx, server: CalledServer, machine: Machine, want: number): Promise<void> {
  const rows = await claim(ctx, server.id, machine, want);
  await pushTasks(ctx, server, await assignmentsOf(ctx, publicOrigin(ctx.deps), rows));
}

/** What a claim took, even where the database's answer to it was lost. */
async function claim(ctx: Ctx, serverId: string, machine: Machine, want: number) {
  const { db, clock, config } = ctx.deps;
  const now = clock();
  const claimId = newId("clm", now);
  const leaseUntil = now + 1000 * config.LEASE_SECONDS;
  const taken = sql`claim_id = ${claimId}`;
  try {
    const [, , , rows] = await db.write((q) => [
      ...claimTasks(q, { server: sql`id = ${serverId}`, machine, want, claimId, now, leaseUntil }),
      assignmentRows(q, taken),
    ]);
    return rows;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "SERVICE_UNAVAILABLE") throw error;
    return db.read((q) => assignmentRows(q, taken));
  }
}

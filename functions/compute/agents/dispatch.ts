import { and, eq, isNotNull } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import { publicOrigin, type Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { newId } from "../../kit/ids.ts";
import { perIsolate } from "../../core/isolate.ts";
import { selectAssigned, type AssignedTask } from "../queue/assignments.ts";
import { claimTasks, type Machine } from "../queue/claims.sql.ts";
import type { TaskRun } from "../queue/runs.ts";
import { onlineSince } from "../servers/server-status.ts";
import { assignmentsOf } from "./assignments.ts";
import type { CalledServer } from "./call-agent.ts";
import { calledServerColumns, selectServersWithRoom } from "./callable-servers.sql.ts";
import { forEachAgent } from "./for-each-agent.ts";
import { pushCancel, pushTasks } from "./push-tasks.ts";

/**
 * How long an isolate believes that no agent can be called. Another isolate may register one meanwhile; it is polled before
 * it gets tasks anyway.
 */
const FRESH_MS = 5_000;

/** When this isolate last saw that no agent can be called. */
const withoutCallable = perIsolate((): { seenAt: number } => ({ seenAt: -Infinity }));

/**
 * Brings pending tasks to agents that can be called, after the answer has gone out; other agents fetch theirs with their
 * next heartbeat. Where no agent could be called a moment ago, nothing is asked; the next tick dispatches too.
 */
export function dispatchSoon(ctx: Ctx): void {
  if (ctx.deps.clock() - withoutCallable(ctx.deps).seenAt < FRESH_MS) return;
  ctx.waitUntil(dispatch(ctx).catch((error: unknown) => ctx.deps.log.error("dispatch failed", { error })));
}

/** Called where a server may have been given an address, so that the next dispatch looks for agents again. */
export function expectCallableAgents(ctx: Ctx): void {
  withoutCallable(ctx.deps).seenAt = -Infinity;
}

/** Tells the agent, if it can be called, that a run was stopped; after the answer has gone out. */
export function cancelSoon(ctx: Ctx, { serverId, ...run }: TaskRun & { serverId: string }): void {
  const cancel = async () => {
    const [server] = await ctx.deps.db.read((q) =>
      q
        .select(calledServerColumns)
        .from(gpuServers)
        .where(and(eq(gpuServers.id, serverId), isNotNull(gpuServers.agentUrl))),
    );
    if (server) await pushCancel(ctx, server, run);
  };
  ctx.waitUntil(cancel().catch((error: unknown) => ctx.deps.log.error("cancel failed", { error })));
}

/** Gives pending tasks to all agents that can be called, answered last time and have room. Safe to run twice. */
export async function dispatch(ctx: Ctx): Promise<void> {
  const { db, config, clock } = ctx.deps;
  const lookedAt = clock();
  const { servers, callable } = await db.readBatch((q) => ({
    servers: selectServersWithRoom(q, onlineSince(config, lookedAt)),
    callable: q.select({ id: gpuServers.id }).from(gpuServers).where(isNotNull(gpuServers.agentUrl)).limit(1),
  }));
  if (callable.length === 0) withoutCallable(ctx.deps).seenAt = lookedAt;
  await forEachAgent(servers, async ({ room, pending, machine, ...server }) => {
    const share = Math.ceil(pending / servers.length);
    await claimAndPush(ctx, server, machine, Math.min(room, share)).catch((error: unknown) =>
      ctx.deps.log.error("push failed", { server: server.id, error }),
    );
  });
}

async function claimAndPush(ctx: Ctx, server: CalledServer, machine: Machine, want: number): Promise<void> {
  const assigned = await claimFor(ctx, server.id, machine, want);
  await pushTasks(ctx, server, await assignmentsOf(ctx, publicOrigin(ctx.deps), assigned));
}

/** Reads the tasks that a claim took. It finds them even where the database's answer to the claim was lost. */
async function claimFor(ctx: Ctx, serverId: string, machine: Machine, want: number): Promise<AssignedTask[]> {
  const { db, clock, config } = ctx.deps;
  const now = clock();
  const claimId = newId("clm", now);
  const leaseUntil = now + 1000 * config.LEASE_SECONDS;
  const ofThisClaim = eq(tasks.claimId, claimId);
  try {
    const { assigned } = await db.write((q) => ({
      claim: claimTasks(q, {
        server: eq(gpuServers.id, serverId),
        machine,
        want,
        claimId,
        now,
        leaseUntil,
      }),
      assigned: selectAssigned(q, ofThisClaim),
    }));
    return assigned;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "SERVICE_UNAVAILABLE") throw error;
    return db.read((q) => selectAssigned(q, ofThisClaim));
  }
}

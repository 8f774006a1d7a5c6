import { eq, sql } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import { audit } from "../../../schema/core.ts";
import { auditChange, auditNew } from "../../core/audit.ts";
import { requireAdmin } from "../../accounts/sign-in/sessions.ts";
import type { Ctx } from "../../core/context.ts";
import { ConstraintError } from "../../core/database/database.ts";
import { AppError } from "../../core/errors.ts";
import { sha256Hex } from "../../kit/hash/hash.ts";
import { newId } from "../../kit/ids.ts";
import { dispatchSoon, noteCallable } from "../agents/dispatch.ts";
import { unassigned } from "../agents/push.ts";
import { checkAgentUrl } from "./server-address.ts";
import { agentToken, FIRST_TOKEN } from "./server-tokens.ts";
import { shown, shownColumns, type GpuServer } from "./server-view.ts";
import { closeRuns } from "../queue/endings.ts";

export type NewServer = { name: string; agent_url?: string | null | undefined; max_concurrent_tasks: number };
export type ServerChanges = Partial<NewServer> & { is_active?: boolean | undefined };

/**
 * Registers a server; its agent's token is in this answer.
 * @throws AppError ACCESS_DENIED, GPU_SERVER_EXISTS, VALIDATION_ERROR for an address that must not be called.
 */
export async function createServer(ctx: Ctx, input: NewServer): Promise<GpuServer & { agent_token: string }> {
  requireAdmin(ctx);
  const { db, clock } = ctx.deps;
  const now = clock();
  const id = newId("gpu", now);
  const token = agentToken(ctx.deps, id, FIRST_TOKEN);
  const address = addressColumns(ctx, input.agent_url ?? null);
  const { name, max_concurrent_tasks: maxConcurrentTasks } = input;
  const [[row]] = await refusingTakenNames(
    db.write((q) => [
      q
        .insert(gpuServers)
        .values({
          id,
          name,
          maxConcurrentTasks,
          ...address,
          tokenHash: sha256Hex(token),
          tokenVersion: FIRST_TOKEN,
          createdAt: now,
          updatedAt: now,
        })
        .returning({ ...shownColumns, currentTasks: sql<number>`0` }),
      q.insert(audit).values(auditNew(ctx, "gpu_server.create", id, { name })),
    ]),
  );
  if (!row) throw new Error("an insert without its row");
  noteCallable(ctx);
  return { ...shown(ctx, row), agent_token: token };
}

/**
 * Changes what is given of a server. One that is not active keeps what it runs and gets nothing new.
 * @throws AppError ACCESS_DENIED, GPU_SERVER_NOT_FOUND, GPU_SERVER_EXISTS, VALIDATION_ERROR.
 */
export async function updateServer(ctx: Ctx, id: string, changes: ServerChanges): Promise<GpuServer> {
  requireAdmin(ctx);
  const { agent_url: agentUrl } = changes;
  const address = agentUrl === undefined ? {} : { ...addressColumns(ctx, agentUrl), ...uncalled };
  const [, , [row]] = await refusingTakenNames(
    ctx.deps.db.write((q) => [
      q
        .update(gpuServers)
        .set({
          name: changes.name,
          maxConcurrentTasks: changes.max_concurrent_tasks,
          isActive: changes.is_active,
          ...address,
          updatedAt: ctx.deps.clock(),
        })
        .where(eq(gpuServers.id, id)),
      q.insert(audit).select(auditChange(ctx, "gpu_server.update", id, changes)),
      q.select(shownColumns).from(gpuServers).where(eq(gpuServers.id, id)),
    ]),
  );
  if (!row) throw new AppError("GPU_SERVER_NOT_FOUND");
  noteCallable(ctx);
  dispatchSoon(ctx);
  return shown(ctx, row);
}

/**
 * Deletes a server; what ran there waits for another, without counting as lost.
 * @throws AppError ACCESS_DENIED, GPU_SERVER_NOT_FOUND.
 */
export async function deleteServer(ctx: Ctx, id: string): Promise<void> {
  requireAdmin(ctx);
  const now = ctx.deps.clock();
  const claimId = newId("clm", now);
  const [, , , deleted] = await ctx.deps.db.write((q) => [
    q
      .update(tasks)
      .set({ ...unassigned, claimId, updatedAt: now })
      .where(sql`status = 'running' AND gpu_server_id = ${id}`),
    ...closeRuns(q, sql`claim_id = ${claimId}`, "lost", now),
    q.delete(gpuServers).where(eq(gpuServers.id, id)).returning({ id: gpuServers.id }),
    q.insert(audit).select(auditChange(ctx, "gpu_server.delete", id)),
  ]);
  if (deleted.length === 0) throw new AppError("GPU_SERVER_NOT_FOUND");
  dispatchSoon(ctx);
}

/**
 * Gives a server another token, shown in this answer; the one before it is worth nothing from now on.
 * @throws AppError ACCESS_DENIED, GPU_SERVER_NOT_FOUND.
 */
export async function rotateToken(ctx: Ctx, id: string): Promise<{ id: string; agent_token: string }> {
  requireAdmin(ctx);
  const { db, clock } = ctx.deps;
  // The moment is a version that no earlier token had, without a look at which that was.
  const version = clock();
  const token = agentToken(ctx.deps, id, version);
  const [rows] = await db.write((q) => [
    q
      .update(gpuServers)
      .set({ tokenVersion: version, tokenHash: sha256Hex(token), updatedAt: version })
      .where(eq(gpuServers.id, id))
      .returning({ id: gpuServers.id }),
    q.insert(audit).select(auditChange(ctx, "gpu_server.rotate_token", id)),
  ]);
  if (rows.length === 0) throw new AppError("GPU_SERVER_NOT_FOUND");
  return { id, agent_token: token };
}

/** What calls of another address said counts no more. */
const uncalled = { failures: 0, lastError: null, nextPollAt: 0 };

function addressColumns(ctx: Ctx, given: string | null): { agentUrl: string | null; host: string } {
  if (given === null) return { agentUrl: null, host: "" };
  const agentUrl = checkAgentUrl(ctx, given);
  return { agentUrl, host: new URL(agentUrl).hostname };
}

async function refusingTakenNames<T>(written: Promise<T>): Promise<T> {
  try {
    return await written;
  } catch (error) {
    if (!(error instanceof ConstraintError) || error.constraint !== "gpu_servers.name") throw error;
    throw new AppError("GPU_SERVER_EXISTS", {}, { cause: error });
  }
}

import { sql } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { audited } from "../../core/audit.ts";
import { requireAdmin } from "../../accounts/sign-in/sessions.ts";
import type { Ctx } from "../../core/context.ts";
import { refusals } from "../../core/database/refusals.ts";
import { sha256Hex } from "../../kit/hash/hash.ts";
import { newId } from "../../kit/ids.ts";
import { expectCallableAgents } from "../agents/dispatch.ts";
import { addressColumns } from "./server-address.ts";
import { agentToken, FIRST_TOKEN } from "./server-tokens.ts";
import { describeServer, serverColumns, type GpuServer } from "./server-view.ts";

export type NewServer = { name: string; agent_url?: string | null | undefined; max_concurrent_tasks: number };

/** Two servers cannot have the same name. */
export const nameRefusals = refusals({ "gpu_servers.name": "GPU_SERVER_EXISTS" });

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
  const { created } = await db.write((q) => {
    const insert = q
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
      .returning({ ...serverColumns, currentTasks: sql<number>`0` });
    return {
      created: audited(ctx, q, insert, { action: "gpu_server.create", target: id, detail: { name } }),
    };
  }, nameRefusals);
  const [row] = created.change;
  if (!row) throw new Error("an insert without its row");
  expectCallableAgents(ctx);
  return { ...describeServer(ctx, row), agent_token: token };
}

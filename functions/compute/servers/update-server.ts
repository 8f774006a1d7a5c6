import { eq } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { audited } from "../../core/audit.ts";
import { requireAdmin } from "../../accounts/sign-in/sessions.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { dispatchSoon, expectCallableAgents } from "../agents/dispatch.ts";
import { nameRefusals, type NewServer } from "./create-server.ts";
import { addressColumns } from "./server-address.ts";
import { describeServer, serverColumns, type GpuServer } from "./server-view.ts";

export type ServerChanges = Partial<NewServer> & { is_active?: boolean | undefined };

/** A server at another address has not failed there yet, and is called at once. */
const notCalledYet = { failures: 0, lastError: null, nextPollAt: 0 };

/**
 * Changes what is given of a server. One that is not active keeps what it runs and gets nothing new.
 * @throws AppError ACCESS_DENIED, GPU_SERVER_NOT_FOUND, GPU_SERVER_EXISTS, VALIDATION_ERROR.
 */
export async function updateServer(ctx: Ctx, id: string, changes: ServerChanges): Promise<GpuServer> {
  requireAdmin(ctx);
  const { agent_url: agentUrl } = changes;
  const address = agentUrl === undefined ? {} : { ...addressColumns(ctx, agentUrl), ...notCalledYet };
  const { found } = await ctx.deps.db.write((q) => {
    const update = q
      .update(gpuServers)
      .set({
        name: changes.name,
        maxConcurrentTasks: changes.max_concurrent_tasks,
        isActive: changes.is_active,
        ...address,
        updatedAt: ctx.deps.clock(),
      })
      .where(eq(gpuServers.id, id));
    return {
      updated: audited(ctx, q, update, { action: "gpu_server.update", target: id, detail: changes }),
      found: q.select(serverColumns).from(gpuServers).where(eq(gpuServers.id, id)),
    };
  }, nameRefusals);
  const [row] = found;
  if (!row) throw new AppError("GPU_SERVER_NOT_FOUND");
  expectCallableAgents(ctx);
  dispatchSoon(ctx);
  return describeServer(ctx, row);
}

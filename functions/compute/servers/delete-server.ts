import { eq } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import { audited } from "../../core/audit.ts";
import { requireAdmin } from "../../accounts/sign-in/sessions.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { newId } from "../../kit/ids.ts";
import { dispatchSoon } from "../agents/dispatch.ts";
import { closeRuns } from "../queue/endings.ts";
import { returnTasks } from "../queue/returns.ts";
import { transitions } from "../queue/transitions.ts";

/**
 * Deletes a server; what ran there waits for another, without counting as lost.
 * @throws AppError ACCESS_DENIED, GPU_SERVER_NOT_FOUND.
 */
export async function deleteServer(ctx: Ctx, id: string): Promise<void> {
  requireAdmin(ctx);
  const now = ctx.deps.clock();
  const claimId = newId("clm", now);
  const { deleted } = await ctx.deps.db.write((q) => ({
    returned: returnTasks(q, transitions.serverDeleted, eq(tasks.gpuServerId, id), now, { claimId }),
    closed: closeRuns(q, eq(tasks.claimId, claimId), "lost", now),
    deleted: audited(
      ctx,
      q,
      q.delete(gpuServers).where(eq(gpuServers.id, id)).returning({ id: gpuServers.id }),
      { action: "gpu_server.delete", target: id },
    ),
  }));
  if (deleted.change.length === 0) throw new AppError("GPU_SERVER_NOT_FOUND");
  dispatchSoon(ctx);
}

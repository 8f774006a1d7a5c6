import { eq } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { audited } from "../../core/audit.ts";
import { requireAdmin } from "../../accounts/sign-in/sessions.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { sha256Hex } from "../../kit/hash/hash.ts";
import { agentToken } from "./server-tokens.ts";

/**
 * Gives a server another token, shown in this answer; the one before it is worth nothing from now on.
 * @throws AppError ACCESS_DENIED, GPU_SERVER_NOT_FOUND.
 */
export async function rotateServerToken(ctx: Ctx, id: string): Promise<{ id: string; agent_token: string }> {
  requireAdmin(ctx);
  const { db, clock } = ctx.deps;
  // The moment is a version that no earlier token had, without a look at which that was.
  const version = clock();
  const token = agentToken(ctx.deps, id, version);
  const { rotated } = await db.write((q) => {
    const update = q
      .update(gpuServers)
      .set({ tokenVersion: version, tokenHash: sha256Hex(token), updatedAt: version })
      .where(eq(gpuServers.id, id))
      .returning({ id: gpuServers.id });
    return { rotated: audited(ctx, q, update, { action: "gpu_server.rotate_token", target: id }) };
  });
  if (rotated.change.length === 0) throw new AppError("GPU_SERVER_NOT_FOUND");
  return { id, agent_token: token };
}

import { sql } from "drizzle-orm";
import { tasks } from "../../../schema/compute/tasks.ts";
import type { Ctx } from "../../core/context.ts";
import { closeRuns } from "../queue/endings.ts";
import { returnTasks } from "../queue/returns.ts";
import { isRunOf, type TaskRun } from "../queue/runs.ts";
import { transitions } from "../queue/transitions.ts";
import { recordAgentFault } from "./agent-faults.ts";
import type { Assignment } from "./assignments.ts";
import { callAgent, type CalledServer } from "./call-agent.ts";

/** The status by which an agent says that it has this run already. */
const HAS_IT = 409;

/**
 * Brings assigned tasks to their agent, one after the other. When the agent refuses one, that one and the rest go back to
 * the queue at once. When it is uncertain whether the agent has one, the lease and the next poll find out.
 */
export async function pushTasks(
  ctx: Ctx,
  server: CalledServer,
  assignments: readonly Assignment[],
): Promise<void> {
  for (const [index, assignment] of assignments.entries()) {
    try {
      const { status } = await callAgent(ctx, server, { method: "POST", path: "/tasks", body: assignment });
      if ((status >= 200 && status < 300) || status === HAS_IT) continue;
      ctx.deps.log.info("task refused by an agent", { server: server.id, task: assignment.task_id, status });
      await returnRefused(ctx, server.id, assignments.slice(index));
    } catch (error) {
      await recordAgentFault(ctx, server.id, error);
      await returnRefused(ctx, server.id, assignments.slice(index + 1));
    }
    return;
  }
}

/** Tells an agent to stop a run. An agent that cannot be reached learns it with its next report. */
export async function pushCancel(
  ctx: Ctx,
  server: CalledServer,
  { taskId, attempt }: TaskRun,
): Promise<void> {
  const path = `/tasks/${encodeURIComponent(taskId)}/cancel`;
  await callAgent(ctx, server, { method: "POST", path, body: { attempt } }).catch((error: unknown) =>
    ctx.deps.log.info("cancel not delivered", { server: server.id, task: taskId, error }),
  );
}

/** Puts tasks that an agent did not take back into the queue, without counting a loss. */
async function returnRefused(ctx: Ctx, serverId: string, refused: readonly Assignment[]): Promise<void> {
  if (refused.length === 0) return;
  const now = ctx.deps.clock();
  const chosen = isRunOf(refused.map(({ task_id: taskId, attempt }) => ({ taskId, attempt })));
  const theirs = sql`${chosen} AND ${tasks.gpuServerId} = ${serverId}`;
  await ctx.deps.db.write((q) => ({
    returned: returnTasks(q, transitions.refused, theirs, now),
    closed: closeRuns(q, chosen, "refused", now),
  }));
}

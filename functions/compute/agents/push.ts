import { eq, sql } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import type { Ctx } from "../../core/context.ts";
import { AgentFault, callAgent, type CalledServer } from "./agent-client.ts";
import type { Assignment } from "../queue/assignments.ts";
import type { TaskAttempt } from "./heartbeats.ts";
import { closeRuns } from "../queue/endings.ts";

/** Connections that one Worker invocation may have open at once. */
const CONNECTIONS = 6;
/** An agent's answer to an attempt that it has already. */
const HAS_IT = 409;
/** How long an agent that is long gone is left alone at most. */
const MAX_BACKOFF_MS = 3_600_000;
/** One that was never heard of is about to be set up: it is asked again after so many polls at most. */
const NEW_BACKOFF_POLLS = 5;

/** Runs `work` for each, six at once; none of them keeps the others waiting for longer than itself takes. */
export async function forEachAgent<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(CONNECTIONS, items.length) }, worker));
}

/**
 * Brings assigned tasks to their agent, one after the other. From the first that it does not take on they go back to the
 * queue at once; only where it is doubtful whether the agent has one, its lease and the next poll find out.
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
      await giveBack(ctx, server.id, assignments.slice(index));
    } catch (error) {
      await recordFault(ctx, server.id, error);
      await giveBack(ctx, server.id, assignments.slice(index + 1));
    }
    return;
  }
}

/** Tells an agent to stop an attempt; one that cannot be told learns it with its next report. */
export async function pushCancel(
  ctx: Ctx,
  server: CalledServer,
  { task_id, attempt }: TaskAttempt,
): Promise<void> {
  const path = `/tasks/${encodeURIComponent(task_id)}/cancel`;
  await callAgent(ctx, server, { method: "POST", path, body: { attempt } }).catch((error: unknown) =>
    ctx.deps.log.info("cancel not delivered", { server: server.id, task: task_id, error }),
  );
}

/** Back to the queue, without counting as a loss. */
async function giveBack(ctx: Ctx, serverId: string, refused: readonly Assignment[]): Promise<void> {
  if (refused.length === 0) return;
  const now = ctx.deps.clock();
  const attempts = JSON.stringify(refused.map(({ task_id, attempt }) => [task_id, attempt]));
  const theirs = sql`(id, attempt) IN (
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(${attempts}))`;
  await ctx.deps.db.write((q) => [
    q
      .update(tasks)
      .set({ ...unassigned, updatedAt: now })
      .where(sql`${theirs} AND status = 'running' AND gpu_server_id = ${serverId}`),
    ...closeRuns(q, theirs, "refused", now),
  ]);
}

/** The columns of a task that waits again. */
export const unassigned = {
  status: "pending",
  progress: 0,
  gpuServerId: null,
  claimId: null,
  leaseUntil: null,
  deadlineAt: null,
  startedAt: null,
} as const;

/** Marks a server whose agent did not answer as it should: it is called the later, the more often that has happened. */
export async function recordFault(ctx: Ctx, serverId: string, error: unknown): Promise<void> {
  const { db, clock, config, log } = ctx.deps;
  const isAgents = error instanceof AgentFault;
  const words = isAgents ? error.message : "its report could not be kept";
  log.warn("agent fault", { server: serverId, fault: words, ...(!isAgents && { error }) });
  if (!isAgents) return;
  const poll = 1000 * config.POLL_INTERVAL_SECONDS;
  const longest = sql`CASE WHEN last_seen_at IS NULL THEN ${NEW_BACKOFF_POLLS * poll} ELSE ${MAX_BACKOFF_MS} END`;
  const wait = sql`min(${longest}, ${poll} * (1 << min(failures + 1, 20)))`;
  await db.write((q) => [
    q
      .update(gpuServers)
      .set({
        failures: sql`${gpuServers.failures} + 1`,
        lastError: words,
        nextPollAt: sql`${clock()} + ${wait}`,
      })
      .where(eq(gpuServers.id, serverId)),
  ]);
}

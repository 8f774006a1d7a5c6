import { eq, sql } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import type { Ctx } from "../../core/context.ts";
import { AgentFault } from "./call-agent.ts";

/** How long an agent that is long gone is left alone at most. */
const MAX_BACKOFF_MS = 3_600_000;
/** One that was never heard of is about to be set up: it is asked again after so many polls at most. */
const NEW_BACKOFF_POLLS = 5;

/** Marks a server whose agent did not answer as it should: the more often that has happened, the later it is called again. */
export async function recordAgentFault(ctx: Ctx, serverId: string, error: unknown): Promise<void> {
  const { db, clock, config, log } = ctx.deps;
  const isAgents = error instanceof AgentFault;
  const words = isAgents ? error.message : "its report could not be kept";
  log.warn("agent fault", { server: serverId, fault: words, ...(!isAgents && { error }) });
  if (!isAgents) return;
  const poll = 1000 * config.POLL_INTERVAL_SECONDS;
  const longest = sql`CASE WHEN ${gpuServers.lastSeenAt} IS NULL THEN ${NEW_BACKOFF_POLLS * poll} ELSE ${MAX_BACKOFF_MS} END`;
  const wait = sql`min(${longest}, ${poll} * (1 << min(${gpuServers.failures} + 1, 20)))`;
  await db.write((q) => ({
    marked: q
      .update(gpuServers)
      .set({
        failures: sql`${gpuServers.failures} + 1`,
        lastError: words,
        nextPollAt: sql`${clock()} + ${wait}`,
      })
      .where(eq(gpuServers.id, serverId)),
  }));
}

import { eq, sql } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import type { Ctx } from "../../core/context.ts";
import { AgentFault } from "./call-agent.ts";

/** The longest pause between polls of an agent that does not answer. */
const MAX_BACKOFF_MS = 3_600_000;
/** The longest pause, in polls, before a server that was never heard of is asked again: it is probably being set up. */
const NEW_BACKOFF_POLLS = 5;

/**
 * Records that an agent did not answer correctly. The more often that happens in a row, the longer until it is called again.
 */
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

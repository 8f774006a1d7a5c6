import type { Ctx } from "../../core/context.ts";

/** Heartbeats a second of all idle agents together: a task waits a twentieth of a second for the next of them. */
const FLEET_RATE = 20;
/** Seconds between heartbeats of an idle agent. */
const SHORTEST = 1;
const LONGEST_IDLE = 15;
/** And of one with nothing to ask for: a cancelled task is stopped by then. */
const LONGEST_FULL = 20;

/** When an agent should come again, in seconds: the more of them idle, the later each, at times that do not coincide. */
export function nextHeartbeat(
  ctx: Ctx,
  { want, idleAgents, isFull }: { want: number; idleAgents: number; isFull: boolean },
): number {
  const longest = ctx.deps.config.LEASE_SECONDS / 4;
  if (want === 0 || isFull) return rounded(Math.min(LONGEST_FULL, longest));
  const spread = 0.5 + Math.random();
  const paced = Math.min(Math.max((idleAgents / FLEET_RATE) * spread, SHORTEST), LONGEST_IDLE);
  return rounded(Math.min(paced, longest));
}

const rounded = (seconds: number) => Math.round(seconds * 100) / 100;

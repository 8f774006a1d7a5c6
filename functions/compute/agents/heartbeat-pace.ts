import type { Ctx } from "../../core/context.ts";
import { perIsolate } from "../../core/isolate.ts";

/**
 * Heartbeats a second of all idle agents together. They are spaced evenly, so that a task waits at most a twelfth of a
 * second for the next.
 */
const FLEET_RATE = 12;
/** The shortest and the longest pause between two heartbeats of an idle agent. Seconds. */
const SHORTEST_IDLE = 1;
const LONGEST_IDLE = 15;
/**
 * The pause between heartbeats of an agent that cannot take a task. Seconds. Within it, the agent learns that a task was
 * cancelled.
 */
const LONGEST_FULL = 20;
/**
 * workerd ends a connection that was idle for five seconds. No agent is told to come back at just that moment. Milliseconds.
 */
const CUT_FROM = 4_750;
const CUT_UNTIL = 5_250;
/** A gap between two agents' turns gets another turn where it is this many times as wide as it should be. */
const WIDE_GAP = 1.5;

type Turn = { serverId: string; at: number };

/** When the idle agents that this isolate answered will come again, the soonest first. */
const turnsOf = perIsolate((): { ahead: Turn[] } => ({ ahead: [] }));

type Agent = { serverId: string; want: number; idleAgents: number; isFull: boolean };

/**
 * When an agent should come again, in seconds. The more agents are idle, the later each comes; no two come at the same time.
 */
export function nextHeartbeat(ctx: Ctx, { serverId, want, idleAgents, isFull }: Agent): number {
  const now = ctx.deps.clock();
  const turns = turnsOf(ctx.deps);
  turns.ahead = turns.ahead.filter((turn) => turn.at > now && turn.serverId !== serverId);
  const longest = ctx.deps.config.LEASE_SECONDS / 4;
  if (want === 0 || isFull) return rounded(Math.min(LONGEST_FULL, longest));
  const period = Math.min(Math.max(idleAgents / FLEET_RATE, SHORTEST_IDLE), LONGEST_IDLE, longest);
  const at = freeTurn(turns.ahead, now, 1000 * period);
  const place = turns.ahead.findIndex((turn) => turn.at > at);
  turns.ahead.splice(place < 0 ? turns.ahead.length : place, 0, { serverId, at });
  return rounded(Math.min((at - now) / 1000, longest));
}

/**
 * The moment of one more turn: in the first gap that is wide enough, or else after the last turn. Each isolate spreads the
 * agents that it has answered over the whole period, so that all isolates together keep to the fleet's rate.
 */
function freeTurn(ahead: readonly Turn[], now: number, period: number): number {
  const apart = period / (ahead.length + 1);
  const isCut = (at: number) => at > now + CUT_FROM && at < now + CUT_UNTIL;
  let before = now + Math.max(0, Math.min(1000 * SHORTEST_IDLE, period) - apart);
  for (const { at } of ahead) {
    const gap = at - before;
    const free = before + Math.min(apart, gap / 2);
    if (gap >= WIDE_GAP * apart && !isCut(free)) return free;
    before = Math.max(before, at);
  }
  const last = before + apart;
  return isCut(last) ? now + CUT_UNTIL : last;
}

const rounded = (seconds: number) => Math.round(seconds * 100) / 100;

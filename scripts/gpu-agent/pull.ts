import { wait } from "../client/retry.ts";
import type { Heartbeat } from "./heartbeat.ts";
import type { Supervisor } from "./supervisor.ts";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** A place that has become free is offered at once, but at most this often. */
const LEAST_WAIT_MS = 200;

/** Asks the server for work and reports on it, until `signal` fires. */
export async function pull(heartbeat: Heartbeat, supervisor: Supervisor, signal: AbortSignal): Promise<void> {
  let offer = () => {};
  supervisor.onFree(() => offer());
  await repeat(signal, async () => {
    const freed = new AbortController();
    offer = () => freed.abort();
    const outcome = await heartbeat(supervisor.free(), signal);
    if (!outcome.ok) return outcome;
    await wait(LEAST_WAIT_MS, signal);
    const rest = Math.max(0, outcome.nextMs - LEAST_WAIT_MS);
    await wait(rest, AbortSignal.any([signal, freed.signal])).catch(() => signal.throwIfAborted());
    return outcome;
  });
}

/**
 * Tells the server once that this agent is there and what it has, so that a server that calls its agents need not find out.
 */
export async function announce(heartbeat: Heartbeat, signal: AbortSignal): Promise<void> {
  const said = new AbortController();
  await repeat(AbortSignal.any([signal, said.signal]), async () => {
    const outcome = await heartbeat(0, signal);
    if (outcome.ok) said.abort();
    return outcome;
  });
}

type Answered = { ok: true } | { ok: false; waitMs: number };

/** Does `work` again and again until `signal` fires, with growing pauses after failures. */
async function repeat(signal: AbortSignal, work: () => Promise<Answered>): Promise<void> {
  let patience = FIRST_WAIT_MS;
  try {
    while (!signal.aborted) {
      const outcome = await work();
      if (outcome.ok) {
        patience = FIRST_WAIT_MS;
        continue;
      }
      await wait(Math.max(outcome.waitMs, patience * (0.5 + Math.random())), signal);
      patience = Math.min(patience * 2, LONGEST_WAIT_MS);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

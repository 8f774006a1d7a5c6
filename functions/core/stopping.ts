import type { Deps } from "./deps.ts";
import { perIsolate } from "./isolate.ts";

/**
 * The cron expression by which the stack tells this isolate that it is about to be stopped; no clock ever fires it. From
 * then on no job begins, and work in slices ends with its next slice and gives its lease back. The event ends when all work
 * has ended, or after PATIENCE_MS; by then, leases of work that takes longer are given back too.
 */
export const STOP_JOBS = "slipway:stop";

/**
 * The cron expression by which the stack has this isolate write what it holds in memory, at the very end. It fails where
 * that cannot be written.
 */
export const WRITE_MEMORY = "slipway:write";

/** Shorter than the five seconds that the stack waits. */
const PATIENCE_MS = 3_500;
const WAIT_STEP_MS = 20;

type GiveBack = () => Promise<unknown>;

const stateOf = perIsolate(() => ({ stopping: false, held: new Set<GiveBack>() }));

/** Whether this isolate was told to stop. */
export const isStopping = (deps: Deps): boolean => stateOf(deps).stopping;

/**
 * Registers a lease that this isolate holds.
 * @param giveBack called when the isolate is about to stop and the work does not end by itself
 * @returns a function to be called when the lease is no longer held
 */
export function holdsLease(deps: Deps, giveBack: GiveBack): () => void {
  const { held } = stateOf(deps);
  held.add(giveBack);
  return () => void held.delete(giveBack);
}

/** What STOP_JOBS does. It cannot be undone: only the next isolate runs jobs again. */
export async function stopJobs(deps: Deps): Promise<void> {
  const state = stateOf(deps);
  state.stopping = true;
  for (let waited = 0; state.held.size > 0 && waited < PATIENCE_MS; waited += WAIT_STEP_MS) {
    await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS));
  }
  await Promise.all(Array.from(state.held, (giveBack) => giveBack().catch(() => undefined)));
}

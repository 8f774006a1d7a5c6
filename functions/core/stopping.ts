import { perIsolate } from "./isolate.ts";

/**
 * The cron expression by which whoever runs this isolate says that it is about to be stopped; no clock ever fires it.
 * From then on work in slices ends at its next slice, gives its lease and its cursor back, and no job begins.
 */
export const STOP_JOBS = "slipway:stop";

/** The one by which it has this isolate write what it has in memory, at the very end. Fails when that cannot be written. */
export const WRITE_MEMORY = "slipway:write";

const stateOf = perIsolate(() => ({ stopping: false }));

/** Tells all work in slices of this isolate to end. It cannot be taken back: the next isolate begins anew. */
export const stopJobs = (deps: Parameters<typeof stateOf>[0]): void => void (stateOf(deps).stopping = true);

/** Whether this isolate was told to stop. */
export const isStopping = (deps: Parameters<typeof stateOf>[0]): boolean => stateOf(deps).stopping;

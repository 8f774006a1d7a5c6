import { residentBytes } from "./process-tree.ts";

const EVERY_MS = 50;
/** Processes come and go seldom. */
const LOOK_EVERY = 10;

/** The most that processes had resident at once, and what each of them had then. */
export type Peak = { bytes: number; of: { pid: number; bytes: number }[] };

/** Looks each 50 ms at the resident memory of all that `processes` names. */
export function sampleMemory(processes: () => number[]): { stop: () => Peak } {
  let pids = processes();
  let samples = 0;
  let peak: Peak = { bytes: 0, of: [] };
  const look = () => {
    if (++samples % LOOK_EVERY === 0) pids = processes();
    const sizes = residentBytes(pids);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    if (bytes > peak.bytes)
      peak = { bytes, of: pids.map((pid, index) => ({ pid, bytes: sizes[index] ?? 0 })) };
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}

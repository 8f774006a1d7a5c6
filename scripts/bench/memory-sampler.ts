import { residentBytes } from "./process-tree.ts";

const EVERY_MS = 50;
/** The list of processes is renewed at every tenth look, because processes seldom come and go. */
const LOOK_EVERY = 10;

/** The most memory that all processes together had resident at one moment, and what each of them had then. */
export type Peak = { bytes: number; of: { pid: number; bytes: number }[] };

/** Every 50 ms, reads the resident memory of all processes that `processes` lists. */
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

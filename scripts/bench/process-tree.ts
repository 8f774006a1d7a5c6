import { readFileSync, readdirSync } from "node:fs";
import { basename } from "node:path";

/** The unit of CPU times in /proc; a constant of the Linux interface. */
const TICKS_PER_SECOND = 100;
/** The size of a page on the machines that the benchmarks run on. Bytes. */
const PAGE_BYTES = 4096;

/**
 * A process and all that it has started, directly or not, at this moment. Only Linux tells; elsewhere the process alone.
 */
export function processTree(root: number): number[] {
  const children = Map.groupBy(everyProcess(), ({ parent }) => parent);
  const found = [root];
  for (let index = 0; index < found.length; index++)
    found.push(...(children.get(found[index] ?? 0) ?? []).map(({ pid }) => pid));
  return found;
}

/** Processes whose command line names a path. */
export const processesNaming = (path: string) =>
  everyProcess()
    .map(({ pid }) => pid)
    .filter((pid) => pid !== process.pid && read(`/proc/${pid}/cmdline`).includes(path));

function everyProcess(): { pid: number; parent: number }[] {
  let names: string[] = [];
  try {
    names = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    // Without /proc this is not Linux.
  }
  return names.map((name) => ({ pid: Number(name), parent: Number(statOf(Number(name))[1]) }));
}

/**
 * CPU seconds of processes so far, with those of their ended children; NaN where the system does not tell. When a process
 * ends, its parent takes over what it has spent, so that the sum over a tree only grows.
 */
export function treeCpuSeconds(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    const [user, system, endedUser, endedSystem] = statOf(pid).slice(11, 15).map(Number);
    return (user ?? NaN) + (system ?? NaN) + (endedUser ?? NaN) + (endedSystem ?? NaN);
  });
  const known = ticks.filter(Number.isFinite);
  return known.length === 0 ? NaN : known.reduce((sum, one) => sum + one, 0) / TICKS_PER_SECOND;
}

/** Notes what each process has spent. The returned function says what each one that still runs has spent since. */
export function cpuSplit(pids: readonly number[]): (now: readonly number[]) => string {
  const before = new Map(pids.map((pid) => [pid, treeCpuSeconds([pid])]));
  return (now) =>
    now
      .map((pid) => ({ pid, seconds: treeCpuSeconds([pid]) - (before.get(pid) ?? 0) }))
      .filter(({ seconds }) => seconds > 0)
      .map(({ pid, seconds }) => `${nameOf(pid)} ${seconds.toFixed(2)} s`)
      .join(", ");
}

/** Resident bytes of each process. Pages that several processes share are counted in each. */
export function residentBytes(pids: readonly number[]): number[] {
  return pids.map((pid) => Number(read(`/proc/${pid}/statm`).split(" ")[1] ?? 0) * PAGE_BYTES);
}

/** Resident bytes of all processes together. Pages that several share are counted once. */
export function proportionalBytes(pids: readonly number[]): number {
  const sizes = pids.map((pid) => /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
  return sizes.reduce((sum: number, size) => sum + Number(size) * 1024, 0);
}

/** The name under which the report shows a process. */
export function nameOf(pid: number): string {
  const [program = "", ...args] = read(`/proc/${pid}/cmdline`).split("\0");
  const script = args.find((arg) => /\.(ts|js|mjs|sh)$/.test(arg));
  return basename(script ?? program) || String(pid);
}

/** The fields of /proc/PID/stat after the name: state, parent, ... */
function statOf(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat === "" ? [] : stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

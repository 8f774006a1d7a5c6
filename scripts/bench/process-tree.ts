import { readFileSync, readdirSync } from "node:fs";
import { basename } from "node:path";

/** The unit of CPU times in /proc; a constant of the Linux interface. */
const TICKS_PER_SECOND = 100;
/** Of Linux on the machines that this runs on. */
const PAGE_BYTES = 4096;

/** A process and all that it has started, directly or not, as it is now. Linux only; elsewhere the process alone. */
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
    // No /proc: not Linux.
  }
  return names.map((name) => ({ pid: Number(name), parent: Number(statOf(Number(name))[1]) }));
}

/**
 * CPU seconds of processes so far, those of their ended children included; NaN where the system does not tell.
 * What one of them spent is its parent's once it has ended, so that the sum over a tree only grows.
 */
export function treeCpuSeconds(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    const [user, system, endedUser, endedSystem] = statOf(pid).slice(11, 15).map(Number);
    return (user ?? NaN) + (system ?? NaN) + (endedUser ?? NaN) + (endedSystem ?? NaN);
  });
  const known = ticks.filter(Number.isFinite);
  return known.length === 0 ? NaN : known.reduce((sum, one) => sum + one, 0) / TICKS_PER_SECOND;
}

/** Notes what each process has spent, and says later what each that is still there has spent since. */
export function cpuSplit(pids: readonly number[]): (now: readonly number[]) => string {
  const before = new Map(pids.map((pid) => [pid, treeCpuSeconds([pid])]));
  return (now) =>
    now
      .map((pid) => ({ pid, seconds: treeCpuSeconds([pid]) - (before.get(pid) ?? 0) }))
      .filter(({ seconds }) => seconds > 0)
      .map(({ pid, seconds }) => `${nameOf(pid)} ${seconds.toFixed(2)} s`)
      .join(", ");
}

/** Resident bytes of each process, pages that several share counted in each. */
export function residentBytes(pids: readonly number[]): number[] {
  return pids.map((pid) => Number(read(`/proc/${pid}/statm`).split(" ")[1] ?? 0) * PAGE_BYTES);
}

/** Resident bytes of all processes together, shared pages counted once. */
export function proportionalBytes(pids: readonly number[]): number {
  const sizes = pids.map((pid) => /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
  return sizes.reduce((sum: number, size) => sum + Number(size) * 1024, 0);
}

/** What a process is, for a person. */
export function nameOf(pid: number): string {
  const [program = "", ...args] = read(`/proc/${pid}/cmdline`).split("\0");
  const script = args.find((arg) => /\.(ts|js|mjs|sh)$/.test(arg));
  return basename(script ?? program) || String(pid);
}

/** The fields of /proc/PID/stat behind the name: state, parent, ... */
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

import { readFileSync, writeFileSync } from "node:fs";

/** The unit of CPU times in /proc; a constant of the Linux interface. */
const TICKS_PER_SECOND = 100;

/** CPU seconds that a process has used so far; null where the system does not tell (only Linux does). */
export function cpuSeconds(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

/** The peak of a process's resident memory in bytes since its start or the last reset; null where the system does not tell. */
export function peakMemory(pid: number): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) * 1024 || null;
  } catch {
    return null;
  }
}

/** Lets the peak begin anew at what is resident now. False where that is not permitted. */
export function resetPeakMemory(pid: number): boolean {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
    return true;
  } catch {
    return false;
  }
}

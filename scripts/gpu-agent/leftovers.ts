import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { signal, startOf, waitUntilGone } from "../process/processes.ts";
import type { AttemptFolder } from "./attempt-folder.ts";

/** How long a command may take after SIGTERM before SIGKILL ends it. */
export const TERM_GRACE_MS = 10_000;
const KILL_GRACE_MS = 5_000;
const POLL_MS = 20;
/** How often to look again: processes may start others while they are being ended. */
const ROUNDS = 5;

/** The variables that mark every process of an attempt; the processes that they start inherit them. */
export const marksOf = ({ assignment }: AttemptFolder) => ({
  SLIPWAY_TASK_ID: assignment.task_id,
  SLIPWAY_ATTEMPT: String(assignment.attempt),
});

/**
 * Kills what an attempt has left running, wherever the system shows whose processes they are: daemons in sessions of their
 * own too.
 */
export function killLeftovers(folder: AttemptFolder): void {
  for (let round = 0; round < ROUNDS; round++) {
    const found = processesOf(folder);
    if (found.length === 0) return;
    for (const pid of found) signal(pid, "SIGKILL");
  }
}

/**
 * Kills what is left of a process group whose leader has ended: at once, unless its members have been told to end.
 * @param told when they were sent SIGTERM, in milliseconds
 */
export async function endGroup(group: number, told: number | undefined): Promise<void> {
  const until = told === undefined ? 0 : told + TERM_GRACE_MS;
  while (Date.now() < until && hasMembers(group)) await sleep(POLL_MS);
  signal(-group, "SIGKILL");
}

function hasMembers(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

/** Ends what an earlier run of the agent left running. @throws Error for a process that does not end. */
export async function stopLeftovers(folder: AttemptFolder): Promise<void> {
  const mark = folder.processMark();
  if (mark && mark.started !== null && startOf(mark.pid) === mark.started) {
    const told = Date.now();
    signal(-mark.pid, "SIGTERM");
    await waitUntilGone(mark.pid, TERM_GRACE_MS);
    await endGroup(mark.pid, told);
    if (!(await waitUntilGone(mark.pid, KILL_GRACE_MS))) throw new Error(`process ${mark.pid} does not end`);
  }
  killLeftovers(folder);
}

/** By the environment they were started with, on systems that have /proc. */
function processesOf(folder: AttemptFolder): number[] {
  if (process.platform !== "linux") return [];
  const marks = Object.entries(marksOf(folder)).map(([name, value]) => `${name}=${value}`);
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) return [];
    const variables = new Set(environmentOf(pid));
    return marks.every((mark) => variables.has(mark)) ? [pid] : [];
  });
}

/** Empty where the process is gone, or another user's. */
function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}

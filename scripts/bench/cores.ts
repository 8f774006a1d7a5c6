import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

type Cores = { server: number; generator: number };

/**
 * One core for all servers and another for everything that sends requests; null where the system cannot pin processes to
 * cores.
 */
const cores = findCores();

/** The command line that runs a command on its core. */
export function onCore(which: keyof Cores, command: string[]): [program: string, ...args: string[]] {
  const [program = "", ...args] = command;
  return cores ? ["taskset", "-c", String(cores[which]), program, ...args] : [program, ...args];
}

/**
 * Runs `work` while this process stays off the servers' core, and with it every process that it starts without choosing a
 * core.
 */
export async function asGenerator<T>(work: () => Promise<T>): Promise<T> {
  if (!cores) return work();
  const all = allowed();
  pinSelf(String(cores.generator));
  try {
    return await work();
  } finally {
    pinSelf(all.join(","));
  }
}

/** What the report says about cores. */
export const coresNote = cores
  ? `servers on core ${cores.server}, load on core ${cores.generator}`
  : "not pinned to cores: needs Linux, taskset and two cores";

function findCores(): Cores | null {
  if (process.platform !== "linux" || spawnSync("taskset", ["--version"]).status !== 0) return null;
  const [server, generator] = allowed();
  return server === undefined || generator === undefined ? null : { server, generator };
}

function allowed(): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "";
  return list.split(",").flatMap((range) => {
    const [first = NaN, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

function pinSelf(list: string): void {
  spawnSync("taskset", ["-acp", list, String(process.pid)]);
}

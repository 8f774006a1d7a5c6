import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

type Cores = { server: number; generator: number };

/** One core for all that serves, another for all that asks; null where the system cannot tell them apart. */
const cores = findCores();

/** What to run so that a command stays on its core. */
export function onCore(which: keyof Cores, command: string[]): [program: string, ...args: string[]] {
  const [program = "", ...args] = command;
  return cores ? ["taskset", "-c", String(cores[which]), program, ...args] : [program, ...args];
}

/** Runs `work` while this process, and what it starts without a word on cores, keeps off the server's core. */
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

/** For the report. */
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

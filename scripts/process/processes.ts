import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

/** True while a process with this id runs, whoever owns it. One that only waits to be reaped has ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return process.platform !== "linux" || !hasEnded(pid);
}

/**
 * Whether nothing is left of a process but what its parent has not fetched. Until then it has its files and ports, also when it
 * was killed and its command line is gone already.
 */
function hasEnded(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const state = stat.slice(stat.lastIndexOf(")") + 2).charAt(0);
    return "ZX".includes(state) && readdirSync(`/proc/${pid}/task`).length <= 1;
  } catch {
    return true;
  }
}

/**
 * What tells a process from a later one with the same id: its start time as the system writes it. Null where the process is
 * gone.
 */
export function startOf(pid: number): string | null {
  if (process.platform !== "linux") return inspect(pid, "lstart=");
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold spaces; the start time is the 20th field after it.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

/** The command line of a process; null when it is gone. */
export function commandOf(pid: number): string | null {
  if (process.platform !== "linux") return inspect(pid, "args=");
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim() || null;
  } catch {
    return null;
  }
}

/** The process that started this one, or took it over; null when it is gone. */
export function parentOf(pid: number): number | null {
  if (process.platform !== "linux") return Number(inspect(pid, "ppid=")) || null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field after the name in parentheses.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) || null;
  } catch {
    return null;
  }
}

function inspect(pid: number, column: string): string | null {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}

/** The process id that a file holds; null where there is none. */
export function readPid(file: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
    return pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

/** Sends a signal; a process that is gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}

/** Waits until a process that is not our child has ended. False when it still runs after `milliseconds`. */
export async function waitUntilGone(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

/** Ports below those that common systems give to outgoing connections, which could take a free port before it is used. */
const PORTS = { first: 15_000, count: 15_000 };
const PORT_TRIES = 20;

/** A free TCP port on `host`, or the given `port`. Rejects with the system's error where it cannot be had. */
export async function freePort(host = "127.0.0.1", port?: number): Promise<number> {
  if (port) return await listenOnce(host, port);
  for (let tries = 1; tries < PORT_TRIES; tries++) {
    const chosen = PORTS.first + Math.floor(Math.random() * PORTS.count);
    const free = await listenOnce(host, chosen).catch(() => null);
    if (free !== null) return free;
  }
  return await listenOnce(host, 0);
}

function listenOnce(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address() as AddressInfo;
      server.close(() => resolve(address.port));
    });
  });
}

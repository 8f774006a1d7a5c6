import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { startOf } from "./processes.ts";

type Holder = { pid: number; started: string | null };

/**
 * Takes the lock at `path` for this process. Returns a function that gives it back, or the process that holds it. The lock
 * of a process that has died is taken over.
 */
export function tryLock(path: string): { release: () => void } | { heldBy: number } {
  const mine: Holder = { pid: process.pid, started: startOf(process.pid) };
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (;;) {
      try {
        linkSync(draft, path);
        return { release: () => rmSync(path, { force: true }) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const holder = read(path);
      if (holder && startOf(holder.pid) === holder.started && holder.started !== null) {
        return { heldBy: holder.pid };
      }
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Runs `work` under the lock at `path`, waiting for whoever holds it. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const lock = tryLock(path);
    if ("heldBy" in lock) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      continue;
    }
    try {
      return await work();
    } finally {
      lock.release();
    }
  }
}

function read(path: string): Holder | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    const { pid, started } = value as Holder;
    return typeof pid === "number" ? { pid, started } : null;
  } catch {
    return null;
  }
}

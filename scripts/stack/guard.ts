import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A file that holds a process id, and the signal that ends this process in order. */
export type Watched = { pidFile: string; signal: "SIGTERM" | "SIGKILL" };

/** Ends what this process started when this process dies in any way, SIGKILL included. */
export type Guard = {
  watch: (processes: Watched[]) => void;
  /** Nothing is left to end. */
  release: () => void;
};

/** Starts the guard: a small process that holds a pipe to us and acts when it closes. */
export function startGuard(): Guard {
  const script = fileURLToPath(new URL("guard-process.ts", import.meta.url));
  const child = spawn(process.execPath, [script], {
    stdio: ["pipe", "ignore", "ignore"],
    // A group of its own: Ctrl-C on a terminal must not end it before us.
    detached: true,
    env: {},
  });
  child.stdin.on("error", () => {});
  child.unref();
  return {
    watch: (processes) => child.stdin.write(`${JSON.stringify(processes)}\n`),
    release: () => child.stdin.end("[]\n"),
  };
}

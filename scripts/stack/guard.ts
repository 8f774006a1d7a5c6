import { spawn } from "node:child_process";
import { basename, dirname } from "node:path";
import { places } from "./places.ts";

const RESTART_MS = 200;

/** Ends the servers of this process when it dies in any way, SIGKILL included. */
export type Guard = {
  /** Nothing is left to end. */
  release: () => void;
};

/**
 * Starts the guard: a shell that holds a pipe to this process and acts when the pipe closes. A guard that is killed is
 * started again.
 * @param pidFiles name the processes to end, in this order. All are in one folder, which is the
 *   guard's working folder: should the next stack make that folder anew before the guard is done, its servers are safe.
 */
export function startGuard(pidFiles: string[]): Guard {
  let released = false;

  function launch() {
    const child = spawn("/bin/sh", [places.guard, ...pidFiles.map((file) => basename(file))], {
      cwd: dirname(pidFiles[0] ?? ""),
      stdio: ["pipe", "ignore", "ignore"],
      // The guard gets a process group of its own, so that a signal to ours does not end it before us.
      detached: true,
      env: { PATH: process.env.PATH },
    });
    child.on("error", () => {});
    child.once("exit", () => {
      if (!released) setTimeout(() => released || (current = launch()), RESTART_MS).unref();
    });
    child.stdin.on("error", () => {});
    child.unref();
    return child;
  }

  let current = launch();
  return {
    release() {
      released = true;
      current.stdin.end("release\n");
    },
  };
}

import { commandOf, isAlive, parentOf, startOf } from "../../process/processes.ts";

const LOOK_MS = 1000;

/**
 * Ends the server when the npx that runs it is gone. A signal ends npm without a word to its children, and the server would
 * go on unseen. A server that was not started by npx is only ended by its own signals.
 */
export function endWithNpx(): void {
  if (process.env.npm_command !== "exec") return;
  const npx = findNpx(process.ppid);
  if (npx === null) return;
  const startedAt = startOf(npx);
  const timer = setInterval(() => {
    if (isAlive(npx) && startOf(npx) === startedAt) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, LOOK_MS);
  timer.unref();
}

/** The nearest ancestor process that is npm or npx. */
function findNpx(pid: number | null): number | null {
  if (pid === null || pid <= 1) return null;
  return /\bnp[mx]\b/.test(commandOf(pid) ?? "") ? pid : findNpx(parentOf(pid));
}

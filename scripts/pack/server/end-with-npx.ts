import { commandOf, isAlive, parentOf, startOf } from "../../process/processes.ts";

const LOOK_MS = 1000;

/**
 * Has the server end when the npx that runs it is gone: npm dies by a signal without a word to what it has started, and the
 * server would run on unseen. One that was started otherwise goes by its own signals alone.
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

/** The next process above that npm runs in. */
function findNpx(pid: number | null): number | null {
  if (pid === null || pid <= 1) return null;
  return /\bnp[mx]\b/.test(commandOf(pid) ?? "") ? pid : findNpx(parentOf(pid));
}

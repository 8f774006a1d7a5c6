import { spawn } from "node:child_process";
import type { ChildProcess, StdioOptions } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { isAlive, signal } from "../process/processes.ts";
import { onCore } from "./cores.ts";
import { processTree, treeCpuSeconds } from "./process-tree.ts";

const LOOK_MS = 20;
const LONGEST_ANSWER_MS = 2000;
const STOP_MS = 20_000;

/** A server in a process of its own, on the core for servers. */
export type ChildServer = {
  /** The server's process and all that it has started. */
  processes: () => number[];
  /** CPU seconds of all of them so far. */
  cpuSeconds: () => number;
  /** Sends SIGTERM, then SIGKILL to whatever has not ended by then. Resolves with the exit code. */
  stop: () => Promise<number | null>;
};

type Stoppable = { stop: () => Promise<unknown> };
const running = new Set<Stoppable>();

/** Makes `stopServers` end this server when the measurement is interrupted. */
export const keepTrackOf = (server: Stoppable) => void running.add(server);

/** Ends all servers that still run. The last one started is ended first, because it may need those before it. */
export async function stopServers(): Promise<void> {
  for (const server of [...running].toReversed()) await server.stop();
}

/**
 * Starts a server whose standard output and error go to a file, as `command >file 2>&1` in a shell would. Rejects with the
 * end of that file when the server ends or is not ready in time.
 */
export async function startServer(options: {
  command: string[];
  env?: Record<string, string>;
  cwd?: string;
  logFile: string;
  isReady: () => boolean | Promise<boolean>;
  startMs: number;
}): Promise<ChildServer> {
  const [program, ...args] = onCore("server", options.command);
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...options.env };
  const child = withLog(options.logFile, (stdio) =>
    spawn(program, args, { env, stdio, ...(options.cwd !== undefined && { cwd: options.cwd }) }),
  );
  let failure: string | undefined;
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", (error) => resolve(((failure = error.message), null)));
    child.once("exit", (code) => resolve(((failure ??= `it ended with ${code}`), code)));
  });
  const server: ChildServer = {
    processes: () => processTree(child.pid ?? 0),
    cpuSeconds: () => treeCpuSeconds(processTree(child.pid ?? 0)),
    async stop() {
      running.delete(server);
      const all = failure === undefined && child.pid ? processTree(child.pid) : [];
      child.kill("SIGTERM");
      const timer = setTimeout(() => all.forEach((pid) => signal(pid, "SIGKILL")), STOP_MS);
      const code = await ended;
      clearTimeout(timer);
      // A guard ends a moment after the processes that it guards.
      for (let waited = 0; all.some(isAlive) && waited < STOP_MS; waited += LOOK_MS) await pause(LOOK_MS);
      return code;
    },
  };
  keepTrackOf(server);
  const deadline = performance.now() + options.startMs;
  while (!(await options.isReady())) {
    if (failure === undefined && performance.now() > deadline) failure = "it does not get ready";
    if (failure !== undefined) {
      await server.stop();
      const said = readFileSync(options.logFile, "utf8").slice(-2000);
      throw new Error(`${options.command.join(" ")}: ${failure}\n${said}`.trim());
    }
    await pause(LOOK_MS);
  }
  return server;
}

function withLog(file: string, start: (stdio: StdioOptions) => ChildProcess): ChildProcess {
  const log = openSync(file, "a", 0o600);
  try {
    return start(["ignore", log, log]);
  } finally {
    closeSync(log);
  }
}

/** Whether a server answers at an address. */
export const answers = (url: string) =>
  fetch(url, { signal: AbortSignal.timeout(LONGEST_ANSWER_MS) }).then(
    async (answer) => (await answer.arrayBuffer(), true),
    () => false,
  );

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

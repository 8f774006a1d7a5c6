import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { processTree } from "../bench/process-tree.ts";
import { readPid, signal } from "../process/processes.ts";
import { pause } from "./world.ts";

const START = fileURLToPath(new URL("../start.mjs", import.meta.url));
const READY_MS = 60_000;
const LOOK_MS = 20;

export type Part = "sqld" | "workerd" | "bucket";
export const parts: readonly Part[] = ["sqld", "workerd", "bucket"];

/** The process of `npm start` on one port and one data folder, which can be killed and started again. */
export type Server = {
  /** Starts it. Rejects with its output when it is not ready in time. */
  start: () => Promise<void>;
  /** Starts it with a pipe that nobody reads as standard output and error, and does not wait for it. */
  startUnread: () => void;
  /**
   * Sends a signal. Resolves with the exit code when the process has ended, or with null where that takes longer than
   * `patienceMs` or the signal ended it.
   */
  signal: (name: "SIGTERM" | "SIGKILL", patienceMs?: number) => Promise<number | null>;
  pidOf: (part: Part) => number | null;
  /** The folder that exists only while it runs. */
  runFolder: string;
  /** The supervisor and all that it has started. */
  processes: () => number[];
};

/** The output of every start goes to `logFile`. */
export function createServer(settings: Record<string, string>, dataDir: string, logFile: string): Server {
  let child: ChildProcess | undefined;
  let exited: Promise<number | null> = Promise.resolve(null);
  let hasExited = true;

  function launch(output: number): void {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...settings, DATA_DIR: dataDir };
    const started = spawn(process.execPath, [START], { env, stdio: ["ignore", output, output] });
    child = started;
    hasExited = false;
    exited = new Promise((resolve) => {
      const end = (code: number | null) => {
        hasExited ||= child === started;
        resolve(code);
      };
      started.once("exit", end).once("error", () => end(null));
    });
  }

  const runFolder = join(dataDir, "run");

  return {
    runFolder,
    async start() {
      const log = openSync(logFile, "a");
      const before = statSync(logFile).size;
      launch(log);
      closeSync(log);
      const said = () => readFileSync(logFile).subarray(before).toString("utf8");
      for (const startedAt = Date.now(); !said().includes("Slipway is ready"); await pause(LOOK_MS)) {
        if (!hasExited && Date.now() - startedAt < READY_MS) continue;
        // The reason is in the lines that are not the Worker's log.
        const lines = said()
          .split("\n")
          .filter((line) => line !== "" && !line.startsWith("{"));
        throw new Error(`The stack does not start:\n${lines.slice(-10).join("\n")}`);
      }
    },
    startUnread() {
      const pipe = `${dataDir}.pipe`;
      rmSync(pipe, { force: true });
      spawnSync("mkfifo", [pipe]);
      // Opened for reading too, so that the pipe has a reader, which never reads.
      const fd = openSync(pipe, "r+");
      launch(fd);
      void exited.then(() => closeSync(fd));
    },
    async signal(name, patienceMs = READY_MS) {
      child?.kill(name);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), patienceMs);
      });
      const code = await Promise.race([exited, late]);
      clearTimeout(timer);
      return code;
    },
    pidOf: (part) => readPid(join(runFolder, `${part}.pid`)),
    processes: () => (hasExited || !child?.pid ? [] : processTree(child.pid)),
  };
}

/** Sends a signal to a part of the stack, if that part runs. */
export function signalPart(server: Server, part: Part, name: NodeJS.Signals): void {
  const pid = server.pidOf(part);
  if (pid !== null) signal(pid, name);
}

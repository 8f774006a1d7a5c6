import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readPid } from "../stack/processes.ts";

const START = fileURLToPath(new URL("../start.mjs", import.meta.url));
const READY_MS = 60_000;

/** `npm start`'s own process on one port and one data folder, started as often as it is killed. */
export type Server = {
  /** Starts it. Rejects with its output when it does not get ready. */
  start: () => Promise<void>;
  /** Resolves with its exit code when it has ended. */
  signal: (name: "SIGTERM" | "SIGKILL") => Promise<number | null>;
  pidOf: (part: "sqld" | "workerd") => number | null;
};

/** The output of every start goes to `logFile`. */
export function createServer(settings: Record<string, string>, dataDir: string, logFile: string): Server {
  let child: ChildProcess | undefined;
  let exited: Promise<number | null> = Promise.resolve(null);

  return {
    async start() {
      const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...settings, DATA_DIR: dataDir };
      const started = spawn(process.execPath, [START], { env, stdio: ["ignore", "pipe", "pipe"] });
      child = started;
      exited = new Promise((resolve) => started.once("exit", resolve));
      const log = createWriteStream(logFile, { flags: "a" });
      let said = "";
      await new Promise<void>((resolve, reject) => {
        const fail = () => reject(new Error(`The stack does not start:\n${said}`));
        const timer = setTimeout(fail, READY_MS);
        started.once("exit", fail).once("error", reject);
        for (const stream of [started.stdout, started.stderr]) {
          stream.pipe(log, { end: false });
          stream.setEncoding("utf8").on("data", (text: string) => {
            if (said.length < 10_000) said += text;
            if (!said.includes("Slipway is ready")) return;
            clearTimeout(timer);
            resolve();
          });
        }
      });
    },
    async signal(name) {
      child?.kill(name);
      return exited;
    },
    pidOf: (part) => readPid(join(dataDir, "run", `${part}.pid`)),
  };
}

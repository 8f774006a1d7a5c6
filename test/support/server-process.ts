import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readPid } from "../../scripts/process/processes.ts";

const START = fileURLToPath(new URL("../../scripts/start.mjs", import.meta.url));

type Exit = { code: number | null; signal: NodeJS.Signals | null };

/** `npm start`'s own process, as a person runs it. */
export type ServerProcess = {
  pid: number;
  /** Resolves with its address at the start-up message; rejects with its output when it ends before. */
  ready: Promise<string>;
  exited: Promise<Exit>;
  stdout: () => string;
  stderr: () => string;
  /** Reads no more of its standard output, as a terminal that was stopped. */
  stopReading: () => void;
  /** The process id of one of its servers now. */
  pidOf: (name: "sqld" | "workerd" | "bucket") => number;
  /** The servers it runs now. */
  servers: () => number[];
};

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Starts scripts/start.mjs on `dataDir` with nothing in its environment but these settings; by npm as people do, if asked. */
export function startServer(
  dataDir: string,
  settings: Record<string, string> = {},
  by: "node" | "npm" = "node",
  /** In a process group of its own, which can be sent a signal as a whole. */
  ownGroup = false,
): ServerProcess {
  const [program, args] = by === "node" ? [process.execPath, [START]] : ["npm", ["start"]];
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: "0", DATA_DIR: dataDir, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
    detached: ownGroup,
  });
  let stdout = "";
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const exited = new Promise<Exit>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      const url = /is ready on (\S+)[^]*Ctrl-C/.exec(stdout)?.[1];
      if (url) resolve(url);
    });
    void exited.then(() => reject(new Error(`Ended before it was ready:\n${stdout}${stderr}`)));
  });
  ready.catch(() => {});
  const pidFiles = ["sqld.pid", "workerd.pid", "bucket.pid"].map((name) => join(dataDir, "run", name));
  return {
    pid: child.pid ?? 0,
    ready,
    exited,
    stdout: () => stdout,
    stderr: () => stderr,
    stopReading: () => void child.stdout.pause(),
    pidOf: (name) => readPid(join(dataDir, "run", `${name}.pid`)) ?? 0,
    servers: () => pidFiles.map(readPid).filter((pid) => pid !== null),
  };
}

import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { isAlive, signal as sendSignal, startOf, waitUntilGone } from "../stack/processes.ts";
import type { AttemptFolder, ProcessMark } from "./attempt-folder.ts";
import type { Command } from "./config.ts";
import type { TaskEvent } from "./protocol.ts";

/** What commands may do after SIGTERM before SIGKILL ends them. */
const TERM_GRACE_MS = 10_000;
const KILL_GRACE_MS = 5_000;
/** Progress is news once a second. */
const PROGRESS_EVERY_MS = 1_000;
/** Lines of standard error that a failure is reported with. */
const LAST_LINES = 5;
const MAX_LINE = 4_000;
/** What every program needs; the agent's token is in none of them. */
const COMMON_VARIABLES = [
  "PATH",
  "HOME",
  "USER",
  "LANG",
  "LC_ALL",
  "TZ",
  "TMPDIR",
  "SHELL",
  "LD_LIBRARY_PATH",
  "CUDA_VISIBLE_DEVICES",
];

export type Ending = { ok: true; result: Record<string, unknown> } | { ok: false; error: string };

/** A command under way. */
export type Run = {
  ended: Promise<Ending>;
  /** SIGTERM to the command and all it started, SIGKILL to what is left. */
  stop: () => Promise<void>;
};

/**
 * Starts the command of a task in its folder, the task's config as JSON on its standard input. Its standard output says how
 * it goes: a line `{"progress": 0-100, "message"?: text}` is progress, `{"result": {...}}` is the result, anything else is
 * log, as is standard error. Exit code 0 is success. SLIPWAY_* variables name the task and its input and output folders.
 */
export function startCommand(
  command: Command,
  folder: AttemptFolder,
  passEnv: readonly string[],
  report: (event: TaskEvent) => void,
): Run {
  const { assignment } = folder;
  const [program = "", ...args] = command.run;
  const child = spawn(program, args, {
    cwd: command.cwd ?? folder.output,
    // A process group of its own, so that what it starts is stopped with it.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      ...pick(process.env, [...COMMON_VARIABLES, ...passEnv]),
      ...command.env,
      SLIPWAY_TASK_ID: assignment.task_id,
      SLIPWAY_TASK_TYPE: assignment.task_type,
      SLIPWAY_ATTEMPT: String(assignment.attempt),
      SLIPWAY_INPUT_DIR: folder.input,
      SLIPWAY_OUTPUT_DIR: folder.output,
    },
  });
  if (child.pid !== undefined) {
    const starts = (folder.processMark()?.starts ?? 0) + 1;
    folder.markProcess({ pid: child.pid, started: startOf(child.pid), starts });
  }
  child.stdin.on("error", () => undefined);
  child.stdin.end(JSON.stringify(assignment.config));
  return { ended: follow(child, report), stop: () => stopGroup(child) };
}

async function follow(child: ChildProcess, report: (event: TaskEvent) => void): Promise<Ending> {
  const lastLines: string[] = [];
  let result: Record<string, unknown> = {};
  let progressAt = 0;

  const readOutput = eachLine(child.stdout, (line) => {
    const said = jsonOf(line);
    if (typeof said?.["progress"] === "number") {
      const progress = Math.min(100, Math.max(0, said["progress"]));
      if (Date.now() - progressAt < PROGRESS_EVERY_MS) return;
      progressAt = Date.now();
      const text = said["message"];
      report({
        type: "progress",
        progress,
        ...(typeof text === "string" && { message: text.slice(0, MAX_LINE) }),
      });
    } else if (isObject(said?.["result"])) {
      result = said["result"];
    } else if (line !== "") {
      report({ type: "log", level: "INFO", message: line });
    }
  });
  const readErrors = eachLine(child.stderr, (line) => {
    if (line === "") return;
    lastLines.push(line);
    if (lastLines.length > LAST_LINES) lastLines.shift();
    report({ type: "log", level: "WARNING", message: line });
  });

  const exit = await new Promise<{ code: number | null; signal: string | null } | Error>((resolve) => {
    child.once("error", resolve);
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  if (exit instanceof Error) return { ok: false, error: `the command cannot be started: ${errorCode(exit)}` };
  // What it left running may hold its output open for ever.
  if (child.pid !== undefined) sendSignal(-child.pid, "SIGKILL");
  await Promise.all([readOutput, readErrors]);
  if (exit.code === 0) return { ok: true, result };
  const how = exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
  return { ok: false, error: [how, ...lastLines].join("\n") };
}

async function stopGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  sendSignal(-pid, "SIGTERM");
  const killing = setTimeout(() => sendSignal(-pid, "SIGKILL"), TERM_GRACE_MS);
  await exited;
  clearTimeout(killing);
}

/** Ends what an earlier run of the agent left running, if it is still the same process. */
export async function stopLeftover(mark: ProcessMark | undefined): Promise<void> {
  if (!mark || mark.started === null || startOf(mark.pid) !== mark.started) return;
  sendSignal(-mark.pid, "SIGTERM");
  if (await waitUntilGone(mark.pid, TERM_GRACE_MS)) return;
  sendSignal(-mark.pid, "SIGKILL");
  await waitUntilGone(mark.pid, KILL_GRACE_MS);
  if (isAlive(mark.pid)) throw new Error(`process ${mark.pid} does not end`);
}

async function eachLine(stream: Readable | null, take: (line: string) => void): Promise<void> {
  if (!stream) return;
  stream.on("error", () => undefined);
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity }))
    take(line.startsWith("{") ? line : line.slice(0, MAX_LINE));
}

function jsonOf(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const errorCode = (error: Error) => (error as NodeJS.ErrnoException).code ?? error.message;

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

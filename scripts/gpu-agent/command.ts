import { spawn, type ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { shorten } from "../../functions/kit/text.ts";
import { isAlive, signal as sendSignal, startOf } from "../process/processes.ts";
import type { AttemptFolder } from "./attempt-folder.ts";
import type { Command } from "./config.ts";
import { endGroup, killLeftovers, marksOf, TERM_GRACE_MS } from "./leftovers.ts";
import { eachLine } from "./lines.ts";
import type { TaskEvent } from "./protocol.ts";

/** Progress is reported at most once a second. */
const PROGRESS_EVERY_MS = 1_000;
/** How many of the last lines of standard error, and how many characters of each, a failure is reported with. */
const LAST_LINES = 5;
const LAST_LINE_CHARACTERS = 500;
/** How long to wait, after all processes have ended, for output that is still in the pipes. */
const PIPES_MS = 2_000;
/** A line that looks like the result, but cannot be read as one. */
const BROKEN_RESULT = /^\{\s*"result"\s*:/;
/** Environment variables that every program needs. The agent's token is in none of them. */
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

export type Ending =
  | { ok: true; result: Record<string, unknown> }
  | { ok: false; error: string; killed: boolean };

/** A command that has been started. */
export type Run = {
  ended: Promise<Ending>;
  /**
   * Sends SIGTERM to the command and all it started, and after ten seconds SIGKILL to what is left.
   * @returns how the command ended, where it had ended before
   */
  stop: () => Promise<Ending | undefined>;
};

/**
 * Starts the command of a task in its folder, the task's config as JSON on its standard input. Its standard output says how
 * it goes: a line `{"progress": 0-100, "message"?: text}` is progress, `{"result": {...}}` is the result, anything else is
 * log, as is standard error. Exit code 0 is success. SLIPWAY_* variables name the task, its place among those that run at
 * once, and its input and output folders.
 */
export function startCommand(
  command: Command,
  folder: AttemptFolder,
  passEnv: readonly string[],
  slot: number,
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
      ...marksOf(folder),
      SLIPWAY_TASK_TYPE: assignment.task_type,
      SLIPWAY_SLOT: String(slot),
      SLIPWAY_INPUT_DIR: folder.input,
      SLIPWAY_OUTPUT_DIR: folder.output,
    },
  });
  const run: Stoppable = { child, termination: undefined };
  const ended = follow(run, folder, report);
  try {
    markStart(folder, child.pid);
  } catch (error) {
    if (child.pid !== undefined) sendSignal(-child.pid, "SIGKILL");
    throw error;
  }
  child.stdin.on("error", () => undefined);
  child.stdin.end(JSON.stringify(assignment.config));
  return { ended, stop: () => stop(run, ended) };
}

function markStart(folder: AttemptFolder, pid: number | undefined): void {
  if (pid === undefined) return;
  const starts = (folder.processMark()?.starts ?? 0) + 1;
  folder.markProcess({ pid, started: startOf(pid), starts });
}

/** `termination`: when SIGTERM was sent, in milliseconds. */
type Stoppable = { child: ChildProcess; termination: number | undefined };

async function follow(
  run: Stoppable,
  folder: AttemptFolder,
  report: (event: TaskEvent) => void,
): Promise<Ending> {
  const { child } = run;
  const lastLines: string[] = [];
  let result: Record<string, unknown> | undefined = {};
  let progressAt = 0;

  const readOutput = read(child.stdout, (line) => {
    const said = jsonOf(line);
    if (typeof said?.["progress"] === "number") {
      if (Date.now() - progressAt < PROGRESS_EVERY_MS) return;
      progressAt = Date.now();
      const progress = Math.min(100, Math.max(0, said["progress"]));
      const message = said["message"];
      report({ type: "progress", progress, ...(typeof message === "string" && { message }) });
    } else if (isObject(said?.["result"])) {
      result = said["result"];
    } else if (BROKEN_RESULT.test(line)) {
      result = undefined;
    } else if (line !== "") {
      report({ type: "log", level: "INFO", message: line });
    }
  });
  const readErrors = read(child.stderr, (line) => {
    if (line === "") return;
    lastLines.push(shorten(line, LAST_LINE_CHARACTERS));
    if (lastLines.length > LAST_LINES) lastLines.shift();
    report({ type: "log", level: "WARNING", message: line });
  });

  const exit = await new Promise<{ code: number | null; signal: string | null } | Error>((resolve) => {
    child.once("error", resolve);
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  if (exit instanceof Error)
    return { ok: false, error: `the command cannot be started: ${errorCode(exit)}`, killed: false };
  if (child.pid !== undefined) await endGroup(child.pid, run.termination);
  // A process that is left over may keep the command's output open for ever.
  killLeftovers(folder);
  await Promise.race([Promise.all([readOutput, readErrors]), sleep(PIPES_MS, undefined, { ref: false })]);
  child.stdout?.destroy();
  child.stderr?.destroy();
  if (exit.code === 0 && result) return { ok: true, result };
  if (exit.code === 0)
    return { ok: false, error: "the command's result is not a JSON object, or is too long", killed: false };
  const how = exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
  return { ok: false, error: [how, ...lastLines].join("\n"), killed: exit.signal !== null };
}

async function stop(run: Stoppable, ended: Promise<Ending>): Promise<Ending | undefined> {
  const { pid, exitCode, signalCode } = run.child;
  // The command may have exited before this process has heard of it: then it ended by itself.
  if (pid !== undefined && exitCode === null && signalCode === null && isAlive(pid)) {
    run.termination = Date.now();
    sendSignal(-pid, "SIGTERM");
    const killing = setTimeout(() => sendSignal(-pid, "SIGKILL"), TERM_GRACE_MS);
    void ended.finally(() => clearTimeout(killing));
  }
  const ending = await ended;
  return run.termination === undefined ? ending : undefined;
}

/** A pipe that breaks counts as ended. */
const read = (stream: Readable | null, take: (line: string) => void) =>
  stream ? eachLine(stream, take).catch(() => undefined) : undefined;

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

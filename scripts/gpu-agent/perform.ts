import { setTimeout as sleep } from "node:timers/promises";
import type { AttemptFolder } from "./attempt-folder.ts";
import { startCommand, type Ending, type Run } from "./command.ts";
import type { AgentConfig, Command } from "./config.ts";
import { fetchInputs } from "./inputs.ts";
import type { Log } from "./log.ts";
import { sendOutputs } from "./outputs.ts";
import type { TaskEvent } from "./protocol.ts";
import type { Server } from "./server.ts";

/** A command that took the agent down with it this often is not started again. */
const MOST_STARTS = 3;
/** How many bytes of a result in JSON the server keeps. */
const MAX_RESULT_BYTES = 64 * 1024;
/**
 * A system that shuts down ends commands and the agent at once. After a command was killed, this is how long to wait for the
 * agent's own end.
 */
const SHUTDOWN_MS = 500;
/** The longest that a timer can wait. */
const MAX_TIMER_MS = 2 ** 31 - 1;

type Work = {
  folder: AttemptFolder;
  config: AgentConfig;
  server: Server;
  log: Log;
  /** Its place among the tasks that run at once, from 0. */
  slot: number;
  report: (event: TaskEvent) => void;
  signal: AbortSignal;
};

export type Final = Extract<TaskEvent, { type: "completed" | "failed" }>;

/**
 * Performs an attempt: fetches its inputs, runs its command, sends its outputs. Where the command has succeeded before, it
 * goes on from there.
 * @returns how it ended
 * @throws StaleAttempt; an AbortError when `signal` fires; system errors of the machine
 */
export async function perform(work: Work): Promise<Final> {
  const { folder, log } = work;
  const { task_id, attempt } = folder.assignment;
  const names = { task: task_id, attempt };
  const result = folder.result() ?? (await runCommand(work));
  if (typeof result === "string") {
    const [firstLine = ""] = result.split("\n");
    log("warn", "task failed", { ...names, error: firstLine });
    return { type: "failed", error: result };
  }
  const sent = await sendOutputs(work);
  if (typeof sent === "string") {
    log("warn", "task failed", { ...names, error: sent });
    return { type: "failed", error: sent };
  }
  log("info", "task completed", { ...names, outputs: sent });
  return { type: "completed", result };
}

/** @returns the command's result, or a sentence that says why there is none */
async function runCommand(work: Work): Promise<Record<string, unknown> | string> {
  const { folder, config, log, slot, report, signal } = work;
  const { task_id, attempt, task_type } = folder.assignment;
  const command = Object.hasOwn(config.commands, task_type) ? config.commands[task_type] : undefined;
  if (!command) return `this agent has no command for ${task_type}: add one to its config`;
  if ((folder.processMark()?.starts ?? 0) >= MOST_STARTS)
    return "the agent was restarted too often while the task ran";

  await folder.clearFiles();
  try {
    await fetchInputs(folder, signal);
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  }
  signal.throwIfAborted();
  log("info", "task started", { task: task_id, attempt, type: task_type });
  const run = startCommand(command, folder, config.pass_env, slot, report);
  const seconds = secondsOf(work, command);
  const ending = await within(run, seconds, signal);
  if (!ending) return `timed out after ${seconds} seconds`;
  if (!ending.ok) return ending.error;
  if (Buffer.byteLength(JSON.stringify(ending.result)) > MAX_RESULT_BYTES)
    return "the result is larger than 64 KiB: write it to an output file instead";
  try {
    folder.keepResult(ending.result);
  } catch (error) {
    const why = String((error as NodeJS.ErrnoException).code);
    log("error", "result not saved", { task: task_id, attempt, why });
  }
  return ending.result;
}

const secondsOf = ({ folder }: Work, command: Command) =>
  Math.min(folder.assignment.timeout_seconds, command.timeout_seconds ?? Infinity);

/**
 * Waits for the command to end. When its time is up, stops it and answers undefined; when `signal` fires, stops it and
 * throws.
 */
async function within(run: Run, seconds: number, signal: AbortSignal): Promise<Ending | undefined> {
  const { promise: over, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), Math.min(seconds * 1000, MAX_TIMER_MS));
  const aborted = () => resolve(undefined);
  signal.addEventListener("abort", aborted, { once: true });
  if (signal.aborted) aborted();
  try {
    const ending = await Promise.race([run.ended, over]);
    const before = ending ? undefined : await run.stop();
    // The agent was told to stop, but the command had ended: its result is kept for the next start.
    if (before?.ok && signal.aborted) return before;
    if (ending && !ending.ok && ending.killed) await Promise.race([over, sleep(SHUTDOWN_MS)]);
    signal.throwIfAborted();
    return ending;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", aborted);
  }
}

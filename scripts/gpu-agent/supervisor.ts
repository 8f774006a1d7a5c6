import { createAttemptFolder, findAttemptFolders, type AttemptFolder } from "./attempt-folder.ts";
import { startCommand, stopLeftover, type Run } from "./command.ts";
import type { AgentConfig } from "./config.ts";
import { fetchInputs } from "./inputs.ts";
import type { Log } from "./log.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { sendOutputs } from "./outputs.ts";
import type { Assignment } from "./protocol.ts";
import type { Server } from "./server.ts";

/** A command that took the agent down with it this often is not started again. */
const MOST_STARTS = 3;
/** Characters of a progress message in a status report. */
const MOST_MESSAGE = 200;

export type RunningTask = { task_id: string; attempt: number; progress: number; message?: string };
export type Acceptance = "accepted" | "has it" | "full";

export type Supervisor = {
  /** Takes up what an earlier run of the agent left: unreported results are sent, unfinished commands start again. */
  resume: () => Promise<void>;
  accept: (assignment: Assignment) => Acceptance;
  /** Stops an attempt that the server does not want any more; says whether it was here. */
  cancel: (taskId: string, attempt: number) => boolean;
  /** What the server is told to be here: running, or finished and not yet acknowledged. */
  tasks: () => RunningTask[];
  /** How many more tasks may start. */
  free: () => number;
  /** Called whenever a place becomes free. */
  onFree: (listener: () => void) => void;
  /** Stops every command; what is unfinished stays in its folder for the next run. */
  stop: () => Promise<void>;
};

type Attempt = {
  folder: AttemptFolder;
  outbox: Outbox;
  abort: AbortController;
  progress: number;
  message?: string;
  working: boolean;
  done: Promise<void>;
};

/** Runs assignments, one attempt of a task at a time, each in a folder that outlives the agent. */
export function createSupervisor(config: AgentConfig, server: Server, log: Log): Supervisor {
  const attempts = new Map<string, Attempt>();
  let onFree = () => {};
  let stopping = false;

  const free = () =>
    stopping ? 0 : config.max_concurrent_tasks - [...attempts.values()].filter((one) => one.working).length;

  /** Works at an attempt to its end, after the one that it replaces has ended. */
  function begin(folder: AttemptFolder, before?: Promise<void>): void {
    const { task_id, attempt } = folder.assignment;
    const outbox = createOutbox(folder, server, log);
    const abort = new AbortController();
    const one: Attempt = {
      folder,
      outbox,
      abort,
      progress: 0,
      working: !outbox.finished(),
      done: Promise.resolve(),
    };
    attempts.set(task_id, one);
    one.done = (async () => {
      await before;
      try {
        const reporting = outbox.run(abort.signal);
        // Stale: whatever the command is at, nobody waits for it.
        reporting.then(
          (how) => how === "stale" && abort.abort("stale"),
          () => undefined,
        );
        if (!outbox.finished()) await work(one).catch((error: unknown) => giveUp(one, error));
        one.working = false;
        onFree();
        const how = await reporting;
        log("info", how === "acknowledged" ? "task reported" : "task is stale", { task: task_id, attempt });
        folder.remove();
      } catch (error) {
        if (!abort.signal.aborted)
          log("error", "task lost", { task: task_id, attempt, error: String(error) });
        if (abort.signal.reason === "stopping") folder.forgiveStart();
        else folder.remove();
      } finally {
        if (attempts.get(task_id) === one) attempts.delete(task_id);
        onFree();
      }
    })();
  }

  /** The machine failed the task, not the command: a full disk, say. */
  function giveUp({ folder, outbox, abort }: Attempt, error: unknown): void {
    abort.signal.throwIfAborted();
    const { task_id, attempt } = folder.assignment;
    log("error", "task could not be run", { task: task_id, attempt, error: String(error) });
    outbox.add({ type: "failed", error: "the agent could not run it" });
  }

  async function work(one: Attempt): Promise<void> {
    const { folder, outbox, abort } = one;
    const { task_id, attempt, task_type } = folder.assignment;
    const names = { task: task_id, attempt };
    const fail = (error: string) => {
      log("warn", "task failed", { ...names, error });
      outbox.add({ type: "failed", error });
    };
    const command = Object.hasOwn(config.commands, task_type) ? config.commands[task_type] : undefined;
    if (!command) return fail(`this agent has no command for ${task_type}`);
    if ((folder.processMark()?.starts ?? 0) >= MOST_STARTS)
      return fail("the agent was restarted while it ran, too often");

    folder.clearFiles();
    try {
      await fetchInputs(folder, abort.signal);
    } catch (error) {
      abort.signal.throwIfAborted();
      return fail(error instanceof Error ? error.message : String(error));
    }
    abort.signal.throwIfAborted();
    log("info", "task started", { ...names, type: task_type });
    const run = startCommand(command, folder, config.pass_env, (event) => {
      if (event.type === "progress") {
        one.progress = event.progress;
        if (event.message !== undefined) one.message = event.message;
      }
      outbox.add(event);
    });
    const seconds = Math.min(folder.assignment.timeout_seconds, command.timeout_seconds ?? Infinity);
    const ending = await within(run, seconds, abort.signal);
    abort.signal.throwIfAborted();
    if (!ending) return fail(`timed out after ${seconds} seconds`);
    if (!ending.ok) return fail(ending.error);
    const sent = await sendOutputs(folder, config, abort.signal);
    if (typeof sent === "string") return fail(sent);
    outbox.add({ type: "completed", result: ending.result });
    log("info", "task completed", { ...names, outputs: sent });
  }

  return {
    async resume() {
      for (const folder of findAttemptFolders(config.work_dir)) {
        const { task_id, attempt } = folder.assignment;
        await stopLeftover(folder.processMark());
        const other = attempts.get(task_id)?.folder;
        if (other && other.assignment.attempt > attempt) {
          folder.remove();
          continue;
        }
        other?.remove();
        attempts.get(task_id)?.abort.abort("replaced");
        log("info", "task taken up again", { task: task_id, attempt });
        begin(folder);
      }
    },
    accept(assignment) {
      const { task_id, attempt } = assignment;
      const known = attempts.get(task_id);
      if (known && known.folder.assignment.attempt >= attempt) return "has it";
      if (!known && free() <= 0) return "full";
      known?.abort.abort("replaced");
      begin(createAttemptFolder(config.work_dir, assignment), known?.done);
      return "accepted";
    },
    cancel(taskId, attempt) {
      const known = attempts.get(taskId);
      if (!known || known.folder.assignment.attempt !== attempt) return false;
      log("info", "task cancelled", { task: taskId, attempt });
      known.abort.abort("cancelled");
      return true;
    },
    tasks: () => [...attempts.values()].map(describe),
    free,
    onFree: (listener) => void (onFree = listener),
    async stop() {
      stopping = true;
      const ending = [...attempts.values()];
      for (const one of ending) one.abort.abort("stopping");
      await Promise.all(ending.map((one) => one.done));
    },
  };
}

function describe({ folder, progress, message }: Attempt): RunningTask {
  const { task_id, attempt } = folder.assignment;
  return message === undefined
    ? { task_id, attempt, progress }
    : { task_id, attempt, progress, message: message.slice(0, MOST_MESSAGE) };
}

/** The command's ending; undefined when its time was up. Stops it then, and when `signal` fires. */
async function within(run: Run, seconds: number, signal: AbortSignal) {
  const { promise: over, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), Math.min(seconds * 1000, 2 ** 31 - 1));
  const aborted = () => resolve(undefined);
  signal.addEventListener("abort", aborted, { once: true });
  if (signal.aborted) aborted();
  try {
    const ending = await Promise.race([run.ended, over]);
    if (!ending) await run.stop();
    return ending;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", aborted);
  }
}

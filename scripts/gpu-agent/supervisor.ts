import { shorten } from "../../functions/kit/text.ts";
import { createAttemptFolder, findAttemptFolders, type AttemptFolder } from "./attempt-folder.ts";
import type { AgentConfig } from "./config.ts";
import { createDiskCheck } from "./disk.ts";
import { stopLeftovers } from "./leftovers.ts";
import type { Log } from "./log.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { StaleAttempt } from "./outputs.ts";
import { perform, type Final } from "./perform.ts";
import type { Assignment, TaskEvent } from "./protocol.ts";
import type { Server } from "./server.ts";

/** Characters of a progress message in a status report. */
const MOST_MESSAGE = 200;

export type RunningTask = { task_id: string; attempt: number; progress: number; message?: string };
export type Acceptance = "accepted" | "has it" | "full";

export type Supervisor = {
  /** Takes up what an earlier run of the agent left: sends unreported results, and starts unfinished commands again. */
  resume: () => void;
  /** @param how whether the server answers a heartbeat that asked for work, or calls by itself */
  accept: (assignment: Assignment, how: "asked" | "called") => Acceptance;
  /** Stops an attempt that the server does not want any more. @returns whether the attempt was here */
  cancel: (taskId: string, attempt: number) => boolean;
  /** The attempts that the server is told of: running, or finished and not acknowledged yet. */
  tasks: () => RunningTask[];
  /** How many more tasks may start. */
  free: () => number;
  /** Takes no more tasks, until `work` is called. Resolves when none runs any more. */
  drain: () => Promise<void>;
  work: () => void;
  isDraining: () => boolean;
  /** Called whenever a place becomes free. */
  onFree: (listener: () => void) => void;
  /** Stops every command. Unfinished attempts stay in their folders for the next run. */
  stop: () => Promise<void>;
};

type Attempt = {
  folder: AttemptFolder;
  outbox: Outbox;
  abort: AbortController;
  slot: number;
  progress: number;
  message?: string;
  working: boolean;
  done: Promise<void>;
};

/** Runs assignments, one attempt of a task at a time, each in a folder that outlives the agent. */
export function createSupervisor(config: AgentConfig, server: Server, log: Log): Supervisor {
  const attempts = new Map<string, Attempt>();
  const diskHasRoom = createDiskCheck(config.work_dir, log);
  let onFree = () => {};
  let stopping = false;
  let idle: PromiseWithResolvers<void> | undefined;

  const working = () => [...attempts.values()].filter((one) => one.working);
  const places = () => (stopping ? 0 : Math.max(0, config.max_concurrent_tasks - working().length));
  const room = () => (places() > 0 && diskHasRoom() ? places() : 0);
  const free = () => (idle ? 0 : room());

  function freed(): void {
    if (working().length === 0) idle?.resolve();
    onFree();
  }

  function firstSlot(): number {
    const taken = new Set(working().map(({ slot }) => slot));
    for (let slot = 0; ; slot++) if (!taken.has(slot)) return slot;
  }

  /** Works on an attempt to its end, once the attempt that it replaces has ended. */
  function begin(folder: AttemptFolder, before?: Promise<void>): void {
    const outbox = createOutbox(folder, server, log);
    const abort = new AbortController();
    const [slot, isWorking] = [firstSlot(), !outbox.finished()];
    const one: Attempt = {
      folder,
      outbox,
      abort,
      slot,
      progress: 0,
      working: isWorking,
      done: Promise.resolve(),
    };
    attempts.set(folder.assignment.task_id, one);
    const lost = (error: unknown) =>
      log("error", "task lost", { task: folder.assignment.task_id, error: String(error) });
    one.done = toItsEnd(one, before)
      .catch(lost)
      .finally(() => {
        if (attempts.get(folder.assignment.task_id) === one) attempts.delete(folder.assignment.task_id);
        freed();
      });
  }

  async function toItsEnd(one: Attempt, before: Promise<void> | undefined): Promise<void> {
    const { folder, outbox, abort } = one;
    const names = { task: folder.assignment.task_id, attempt: folder.assignment.attempt };
    // The attempt is stale, so nobody waits for the command.
    const reporting = outbox.run(abort.signal).then(
      (how) => {
        if (how === "stale") abort.abort("stale");
        return how;
      },
      (error: unknown) => {
        if (!abort.signal.aborted) log("error", "reports stopped", { ...names, error: String(error) });
      },
    );
    const final = await work(one, before);
    if (final) {
      outbox.add(final);
      one.working = false;
      freed();
    }
    const how = await reporting;
    one.working = false;
    if (abort.signal.reason === "stopping" && how !== "acknowledged") {
      if (!final) folder.forgiveStart();
      return;
    }
    if (how === "acknowledged") log("info", "task reported", names);
    if (how === "stale") log("info", "task is stale", names);
    await folder.remove().catch((error: unknown) => {
      log("warn", "folder not removed", { ...names, error: String((error as NodeJS.ErrnoException).code) });
    });
  }

  /** Undefined where the attempt was stopped from outside, or had ended before. */
  async function work(one: Attempt, before: Promise<void> | undefined): Promise<Final | undefined> {
    const { folder, outbox, abort, slot } = one;
    const { signal } = abort;
    const report = (event: TaskEvent) => {
      if (event.type === "progress") {
        one.progress = event.progress;
        if (event.message !== undefined) one.message = event.message;
      }
      outbox.add(event);
    };
    try {
      await before;
      signal.throwIfAborted();
      if (outbox.finished()) return undefined;
      return await perform({ folder, config, server, log, slot, report, signal });
    } catch (error) {
      if (signal.aborted) return undefined;
      const { task_id: task, attempt } = folder.assignment;
      if (error instanceof StaleAttempt) {
        log("info", "task is stale", { task, attempt });
        abort.abort("stale");
        return undefined;
      }
      // It was the machine that failed the task, not the command: a full disk, for example.
      const why = (error as NodeJS.ErrnoException).code ?? String(error);
      log("error", "task could not be run", { task, attempt, why });
      return { type: "failed", error: `the agent could not run it: ${why}` };
    }
  }

  return {
    resume() {
      const newest = new Map<string, AttemptFolder>();
      const found = findAttemptFolders(config.work_dir);
      for (const folder of found.toSorted((a, b) => a.assignment.attempt - b.assignment.attempt))
        newest.set(folder.assignment.task_id, folder);
      for (const folder of found) {
        const { task_id: task, attempt } = folder.assignment;
        const ended = stopLeftovers(folder);
        if (newest.get(task) === folder) {
          log("info", "task taken up again", { task, attempt });
          begin(folder, ended);
        } else {
          void ended.then(folder.remove).catch(() => undefined);
        }
      }
    },
    accept(assignment, how) {
      const { task_id, attempt } = assignment;
      const known = attempts.get(task_id);
      if (known && known.folder.assignment.attempt >= attempt) return "has it";
      // What an earlier heartbeat has asked for is taken even if the agent drains by now.
      if (stopping || (!known && (how === "asked" ? room() : free()) <= 0)) return "full";
      try {
        const folder = createAttemptFolder(config.work_dir, assignment);
        known?.abort.abort("replaced");
        begin(folder, known?.done);
        return "accepted";
      } catch (error) {
        const why = String((error as NodeJS.ErrnoException).code);
        log("error", "task not taken", { task: task_id, attempt, why });
        return "full";
      }
    },
    cancel(taskId, attempt) {
      const known = attempts.get(taskId);
      if (!known || known.folder.assignment.attempt !== attempt) return false;
      // Where the end of an attempt is on its way, the answer to it will say more.
      if (known.outbox.finished() || known.abort.signal.aborted) return true;
      log("info", "task cancelled", { task: taskId, attempt });
      known.abort.abort("cancelled");
      return true;
    },
    tasks: () => [...attempts.values()].map(describe),
    free,
    drain() {
      idle ??= Promise.withResolvers();
      if (working().length === 0) idle.resolve();
      return idle.promise;
    },
    work() {
      idle = undefined;
      onFree();
    },
    isDraining: () => idle !== undefined,
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
    : { task_id, attempt, progress, message: shorten(message, MOST_MESSAGE) };
}

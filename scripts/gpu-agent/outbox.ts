import { CliError } from "../cli/errors.ts";
import { wait } from "../cli/retry.ts";
import type { AttemptFolder } from "./attempt-folder.ts";
import type { Log } from "./log.ts";
import { isFinal, type SentEvent, type TaskEvent } from "./protocol.ts";
import type { Server, ServerAnswer } from "./server.ts";

/** Joins what a busy command prints into few requests. */
const COLLECT_MS = 1_000;
/** The server takes 500 events and 256 KiB in one request. */
const BATCH_EVENTS = 200;
const BATCH_BYTES = 128 * 1024;
/** Lines of one attempt that are kept; what a command prints beyond is dropped and said to be. */
const MOST_EVENTS = 20_000;
const LINE_CHARACTERS = 2_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

export type Outbox = {
  add: (event: TaskEvent) => void;
  /** True when the attempt's last event is written down. */
  finished: () => boolean;
  /**
   * Sends until the last event is acknowledged or `signal` fires.
   * @returns "acknowledged"; "stale" as soon as the server says that the attempt is not the task's any more
   */
  run: (signal: AbortSignal) => Promise<"acknowledged" | "stale">;
};

/** An attempt's events on their way to the server: on the disk first, sent in order, repeated until acknowledged. */
export function createOutbox(folder: AttemptFolder, server: Server, log: Log): Outbox {
  const { task_id, attempt } = folder.assignment;
  const path = `/api/gpu/agent/tasks/${encodeURIComponent(task_id)}/events`;
  const waiting: SentEvent[] = folder.events();
  let seq = waiting.at(-1)?.seq ?? 0;
  let final = waiting.some(isFinal);
  let wake = () => {};
  const { promise: finality, resolve: becomeFinal } = Promise.withResolvers<void>();
  if (final) becomeFinal();

  /** Resolves at the next event, or when `signal` fires. */
  function changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }

  function write(event: TaskEvent): void {
    const sent = { ...event, seq: ++seq, at: new Date().toISOString() };
    folder.append(sent, isFinal(event));
    waiting.push(sent);
  }

  async function deliver(signal: AbortSignal): Promise<"sent" | "stale"> {
    let patience = FIRST_WAIT_MS;
    let size = BATCH_EVENTS;
    for (;;) {
      const batch = firstOf(waiting, size);
      const answer = await post(batch, signal);
      const status = answer?.status ?? 0;
      if (status === 200) {
        waiting.splice(0, batch.length);
        return "sent";
      }
      if (status === 409 || status === 404) return "stale";
      if (status === 400 || status === 413 || status === 422) {
        if (batch.length > 1) size = 1;
        else refuse(batch[0]);
        continue;
      }
      log("warn", "events not taken", { task: task_id, attempt, events: waiting.length, status });
      const asked = (answer?.retryAfterSeconds ?? 0) * 1000;
      await wait(Math.max(asked, patience * (0.5 + Math.random())), signal);
      patience = Math.min(patience * 2, LONGEST_WAIT_MS);
    }
  }

  async function post(events: SentEvent[], signal: AbortSignal): Promise<ServerAnswer | undefined> {
    try {
      return await server.post(path, { attempt, events }, signal);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      return undefined;
    }
  }

  /** One event that the server will never take: a result of another shape or size fails the task, a line is let go. */
  function refuse(event: SentEvent | undefined): void {
    waiting.shift();
    log("error", "event refused", { task: task_id, attempt, type: event?.type ?? "none" });
    if (event?.type === "completed") write({ type: "failed", error: "the server refused the result" });
  }

  return {
    add(event) {
      if (final) return;
      if (isFinal(event)) final = true;
      else if (seq > MOST_EVENTS) return;
      else if (seq === MOST_EVENTS)
        event = { type: "log", level: "WARNING", message: "further lines are dropped" };
      write(cut(event));
      if (final) becomeFinal();
      wake();
    },
    finished: () => final,
    async run(signal) {
      for (;;) {
        if (waiting.length > 0) {
          if ((await deliver(signal)) === "stale") return "stale";
        } else if (final) {
          return "acknowledged";
        }
        if (waiting.length === 0 && !final) await changed(signal);
        if (!final) await Promise.race([wait(COLLECT_MS, signal), finality]);
        signal.throwIfAborted();
      }
    },
  };
}

function firstOf(events: SentEvent[], most: number): SentEvent[] {
  let bytes = 0;
  const fitting = events.slice(0, most).findIndex((event) => {
    bytes += Buffer.byteLength(JSON.stringify(event));
    return bytes > BATCH_BYTES;
  });
  return events.slice(0, fitting === -1 ? most : Math.max(1, fitting));
}

function cut(event: TaskEvent): TaskEvent {
  if (event.type === "failed") return { ...event, error: event.error.slice(0, LINE_CHARACTERS) };
  if (event.type === "log") return { ...event, message: event.message.slice(0, LINE_CHARACTERS) };
  return event;
}

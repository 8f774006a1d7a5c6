import { shorten } from "../../functions/kit/text.ts";
import { wait } from "../client/retry.ts";
import type { AttemptFolder } from "./attempt-folder.ts";
import type { Log } from "./log.ts";
import { createLineLimit } from "./line-limit.ts";
import { isFinal, isStale, type SentEvent, type TaskEvent } from "./protocol.ts";
import type { Server } from "./server.ts";

/** How long events are collected, so that a busy command's output takes few requests. */
const COLLECT_MS = 1_000;
/** The server takes 500 events and 256 KiB in one request. */
const BATCH_EVENTS = 200;
const BATCH_BYTES = 128 * 1024;
const TEXT_CHARACTERS = 2_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** Reports that waited for the server are spread over this time at random, because they would all come at once when it is back. */
const SPREAD_MS = 500;
/** The server will never take a report with this status as it is. */
const UNFIT = new Set([400, 413, 422]);

export type Outbox = {
  /** Never throws: what cannot be written to the disk is kept in memory. */
  add: (event: TaskEvent) => void;
  /** Whether the attempt's last event is on the disk. */
  finished: () => boolean;
  /**
   * Sends events until the last one is acknowledged or `signal` fires.
   * @returns "acknowledged"; "stale" as soon as the server says that the attempt no longer belongs to the task
   */
  run: (signal: AbortSignal) => Promise<"acknowledged" | "stale">;
};

/**
 * The events of an attempt on their way to the server: first written to the disk, then sent in order, and repeated until
 * they are acknowledged.
 */
export function createOutbox(folder: AttemptFolder, server: Server, log: Log): Outbox {
  const { task_id, attempt } = folder.assignment;
  const path = `/api/gpu/agent/tasks/${encodeURIComponent(task_id)}/events`;
  const waiting: SentEvent[] = folder.events();
  const limit = createLineLimit(waiting);
  let seq = waiting.at(-1)?.seq ?? 0;
  let final = waiting.some(isFinal);
  let sending = 0;
  let complaint = "";
  let changed = Promise.withResolvers<void>();
  const finality = Promise.withResolvers<void>();
  if (final) finality.resolve();

  function complain(event: string, fields: Record<string, string | number>): void {
    const sort = event + JSON.stringify(fields);
    if (sort !== complaint) log("error", event, { task: task_id, attempt, ...fields });
    complaint = sort;
  }

  function write(event: TaskEvent): void {
    const sent = { ...cut(event), seq: ++seq, at: new Date().toISOString() };
    const isBare = isBareProgress(sent);
    // Of several progress events in a row, only the latest is sent.
    if (isBare && waiting.length > sending && isBareProgress(waiting.at(-1))) waiting.pop();
    waiting.push(sent);
    if (isBare) return;
    try {
      folder.append(sent, isFinal(event));
    } catch (error) {
      complain("events not saved", { error: String((error as NodeJS.ErrnoException).code) });
    }
  }

  async function deliver(signal: AbortSignal): Promise<"sent" | "stale"> {
    let patience = FIRST_WAIT_MS;
    let size = BATCH_EVENTS;
    for (;;) {
      const batch = firstOf(waiting, size);
      sending = batch.length;
      const answer = await server.post(path, { attempt, events: batch }, signal);
      sending = 0;
      if (answer?.status === 200) {
        waiting.splice(0, batch.length);
        complaint = "";
        return "sent";
      }
      if (isStale(answer?.code)) return "stale";
      if (answer && UNFIT.has(answer.status)) {
        if (batch.length > 1) size = 1;
        else refuse(batch[0], answer.code ?? String(answer.status));
        if (waiting.length === 0) return "sent";
        continue;
      }
      if (answer?.code !== undefined && answer.status !== 401 && answer.status < 502)
        complain("events not accepted", { why: answer.code });
      const pause = patience * (0.5 + Math.random());
      if (answer) await wait(Math.max(answer.retryAfterMs, pause), signal);
      else await waitForReturn(server, pause, signal);
      patience = Math.min(patience * 2, LONGEST_WAIT_MS);
    }
  }

  /** Handles an event that the server will never take: a refused result fails the task, a refused line is dropped. */
  function refuse(event: SentEvent | undefined, why: string): void {
    waiting.shift();
    complain("event refused", { type: event?.type ?? "none", why });
    if (event?.type === "completed")
      write({ type: "failed", error: `the server refused the result: ${why}` });
  }

  return {
    add(event) {
      if (final) return;
      if (isFinal(event)) {
        final = true;
        for (const line of limit.rest()) write(line);
        write(event);
        finality.resolve();
      } else {
        const admitted = limit.admit(event);
        if (admitted) write(admitted);
      }
      changed.resolve();
    },
    finished: () => final,
    async run(signal) {
      for (;;) {
        signal.throwIfAborted();
        changed = Promise.withResolvers();
        if (waiting.length === 0) {
          if (final) return "acknowledged";
          await orAborted(changed.promise, signal);
        }
        if (!final && waiting.length < BATCH_EVENTS)
          await Promise.race([wait(COLLECT_MS, signal), finality.promise]);
        if ((await deliver(signal)) === "stale") return "stale";
      }
    },
  };
}

/**
 * Waits, but less long where the server comes back earlier, because a task that has ended costs its user money until the
 * server knows.
 */
async function waitForReturn(server: Server, pause: number, signal: AbortSignal): Promise<void> {
  const returned = server.returned();
  await wait(pause, AbortSignal.any([signal, returned])).catch(() => signal.throwIfAborted());
  if (returned.aborted) await wait(Math.random() * SPREAD_MS, signal);
}

/** Resolves with `promise`, rejects when `signal` fires. */
async function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function firstOf(events: SentEvent[], most: number): SentEvent[] {
  let bytes = 0;
  const fitting = events.slice(0, most).findIndex((event) => {
    bytes += Buffer.byteLength(JSON.stringify(event));
    return bytes > BATCH_BYTES;
  });
  return events.slice(0, fitting === -1 ? most : Math.max(1, fitting));
}

const isBareProgress = (event: SentEvent | undefined) =>
  event?.type === "progress" && event.message === undefined;

function cut(event: TaskEvent): TaskEvent {
  if (event.type === "failed") return { ...event, error: shorten(event.error, TEXT_CHARACTERS) };
  if (event.type === "log" || (event.type === "progress" && event.message !== undefined))
    return { ...event, message: shorten(event.message ?? "", TEXT_CHARACTERS) };
  return event;
}

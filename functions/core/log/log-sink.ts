import { sql } from "drizzle-orm";
import { logs, type logLevels } from "../../../schema/core.ts";
import { shorten } from "../../kit/text.ts";
import type { Database } from "../database/database.ts";
import type { Fields, RequestFields } from "./fields.ts";

/** Long enough to join a burst into one insert, far shorter than the 30 s that waitUntil may last. */
const FLUSH_AFTER_MS = 1_000;
/** A flush that has not begun by then died with its request. The next request that looks schedules another. */
const FLUSH_LOST_AFTER_MS = 10_000;
/** Longer than any write to the database may take, its retries included. */
const WRITE_LOST_AFTER_MS = 20_000;
/** After a failed write, no request writes to the database for a time that doubles with each failure, up to this. */
const LONGEST_PAUSE_MS = 60_000;
const WAIT_STEP_MS = 20;
/** Entries in memory: at most 4 MiB of them. */
const MAX_WAITING = 1_000;
/** Entries in one insert: at most 1 MiB. */
const SLICE = 250;
const MAX_FIELD_BYTES = 4 * 1024;
/** How many characters of a longer text are kept. */
const PREVIEW_LENGTH = 1_000;
const MAX_EVENT_LENGTH = 200;
/** Refused requests of one level that one isolate keeps in a minute: anybody can cause refusals. */
const REFUSALS_PER_MINUTE = 60;
/** Refusals that show that somebody is trying keys or passwords. They are kept beside the server's own failures. */
const statusesKept = new Set([401, 403, 429]);
const MINUTE_MS = 60_000;

export type LogEntry = {
  /** Milliseconds since 1970. */
  at: number;
  level: (typeof logLevels)[number];
  event: string;
  requestId: string | null;
  /** A JSON object. */
  fields: string;
};

/** Takes what the logger has written to the console, and writes it to the database. Nothing here throws or rejects. */
export interface LogSink {
  /** Entries that wait to be written: all that a request on a hot path looks at. */
  readonly waiting: number;
  /** Takes an event whose fields are redacted already. */
  keep(level: LogEntry["level"], event: string, fields: Fields): void;
  /** Takes a request that failed, or that was refused for lack of rights: some of them a minute. */
  keepRefusal(fields: RequestFields): void;
  /** Writes what waits about a second from now, kept alive by `waitUntil`. */
  flushSoon(waitUntil: (work: Promise<unknown>) => void): void;
  /** Writes what waits, after a write that is under way. What cannot be written waits on. */
  flush(): Promise<void>;
}

/**
 * Joins the entries of an isolate into few inserts. At most 1,000 entries wait; beyond that the oldest are dropped, and one
 * entry tells how many. A write whose answer was lost is repeated, so its entries may appear twice.
 */
export function createLogSink(write: (entries: LogEntry[]) => Promise<void>, clock: () => number): LogSink {
  let waiting: LogEntry[] = [];
  let dropped = 0;
  let scheduledAt = -Infinity;
  let writingSince = -Infinity;
  let pauseUntil = -Infinity;
  let failures = 0;
  let refusals = { minute: 0, ERROR: 0, WARNING: 0 };

  function keepNewest(entries: LogEntry[]) {
    const surplus = entries.length - MAX_WAITING;
    if (surplus > 0) dropped += surplus;
    waiting = surplus > 0 ? entries.slice(surplus) : entries;
  }

  function keep(level: LogEntry["level"], event: string, fields: Fields) {
    const { request_id: id, ...rest } = fields;
    const requestId = typeof id === "string" ? id : null;
    waiting.push({
      at: clock(),
      level,
      event: shorten(event, MAX_EVENT_LENGTH),
      requestId,
      fields: capped(rest),
    });
    if (waiting.length > MAX_WAITING) keepNewest(waiting);
  }

  const isWriting = () => clock() - writingSince < WRITE_LOST_AFTER_MS;

  async function writeSlice(): Promise<boolean> {
    const slice = waiting.slice(0, SLICE);
    waiting = waiting.slice(SLICE);
    const lost = dropped;
    dropped = 0;
    writingSince = clock();
    try {
      await write(lost === 0 ? slice : [...slice, droppedEntry(clock(), lost)]);
      failures = 0;
      pauseUntil = -Infinity;
      return true;
    } catch {
      dropped += lost;
      keepNewest([...slice, ...waiting]);
      pauseUntil = clock() + Math.min(FLUSH_AFTER_MS * 2 ** failures++, LONGEST_PAUSE_MS);
      return false;
    } finally {
      writingSince = -Infinity;
    }
  }

  async function flush() {
    while (isWriting()) await later(WAIT_STEP_MS);
    for (let slices = Math.ceil(waiting.length / SLICE); slices > 0; slices--) {
      if (!(await writeSlice())) return;
    }
  }

  return {
    get waiting() {
      return waiting.length;
    },
    keep,
    keepRefusal({ status, ...fields }) {
      const level = status === 500 ? "ERROR" : "WARNING";
      if (status < 500 && !statusesKept.has(status)) return;
      const minute = Math.floor(clock() / MINUTE_MS);
      if (refusals.minute !== minute) refusals = { minute, ERROR: 0, WARNING: 0 };
      if (++refusals[level] > REFUSALS_PER_MINUTE) return;
      keep(level, level === "ERROR" ? "request not served" : "request refused", { ...fields, status });
    },
    flushSoon(waitUntil) {
      const now = clock();
      if (now < pauseUntil || now - scheduledAt < FLUSH_LOST_AFTER_MS) return;
      scheduledAt = now;
      waitUntil(
        later(FLUSH_AFTER_MS).then(() => {
          scheduledAt = -Infinity;
          return flush();
        }),
      );
    },
    flush,
  };
}

/** Inserts entries in their order, as one statement with one parameter. */
export async function writeLogs(db: Database, entries: LogEntry[]): Promise<void> {
  const rows = JSON.stringify(
    entries.map(({ at, level, event, requestId, fields }) => [at, level, event, requestId, fields]),
  );
  const column = (index: number) => sql.raw(`json_extract(value, '$[${index}]')`);
  const columns = sql.join([0, 1, 2, 3, 4].map(column), sql`, `);
  await db.write((q) => ({
    written: q.insert(logs).select(sql`SELECT NULL, ${columns} FROM json_each(${rows}) ORDER BY key`),
  }));
}

const later = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

function droppedEntry(at: number, count: number): LogEntry {
  return {
    at,
    level: "WARNING",
    event: "log entries dropped",
    requestId: null,
    fields: `{"count":${count}}`,
  };
}

function capped(fields: Fields): string {
  const json = JSON.stringify(fields);
  if (Buffer.byteLength(json) <= MAX_FIELD_BYTES) return json;
  return JSON.stringify({ truncated: shorten(json, PREVIEW_LENGTH) });
}

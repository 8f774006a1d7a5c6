import type { Ctx } from "../core/context.ts";
import type { Day } from "./log-dates.ts";
import { compareKeys, logKinds, type LineKey, type LogKind, type LogName } from "./log-kinds.ts";

/** Rows in memory at once; the longest possible rows take some MiB. */
export const ROWS_AT_ONCE = 1_000;

/** One line of a log's file, without its end. */
export type LogLine = { key: LineKey; text: string };

/** Where a log's archived days are. */
export const archiveFolder = (log: LogName) => `logs/${log}/`;

/** A day's log in the bucket: all lines of the day that have left the database. */
export const archiveKey = (log: LogName, day: Day) => `${archiveFolder(log)}${day.name}.jsonl`;

/** A day's lines that are in the database, in order. */
export async function* storedLines(
  ctx: Ctx,
  log: LogName,
  day: Day,
  onlyEnded = false,
): AsyncGenerator<LogLine> {
  const kind: LogKind = logKinds[log];
  let after: LineKey | undefined;
  let count: number;
  do {
    const part = { day, after, limit: ROWS_AT_ONCE, onlyEnded };
    const rows = await ctx.deps.db.read((q) => kind.read(q, part));
    for (const row of rows) {
      after = kind.keyOf(row);
      yield { key: after, text: JSON.stringify(row) };
    }
    count = rows.length;
  } while (count === ROWS_AT_ONCE);
}

/** A day's lines that are in the bucket, in order; none where there is no archive. */
export async function* archivedLines(ctx: Ctx, log: LogName, day: Day): AsyncGenerator<LogLine> {
  const found = await ctx.deps.storage.get(archiveKey(log, day));
  if (!found) return;
  const decoder = new TextDecoder();
  let rest = "";
  const reader = found.body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const lines = (rest + decoder.decode(read.value, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const text of lines) {
        yield { key: logKinds[log].keyOf(JSON.parse(text) as Record<string, unknown>), text };
      }
    }
  } finally {
    await reader.cancel();
  }
}

/** Merges the lines of two sources that are both in order; a line that both have appears once. */
export async function* merged(
  one: AsyncGenerator<LogLine>,
  other: AsyncGenerator<LogLine>,
): AsyncGenerator<LogLine> {
  try {
    let [left, right] = [await one.next(), await other.next()];
    while (!left.done || !right.done) {
      const order = left.done ? 1 : right.done ? -1 : compareKeys(left.value.key, right.value.key);
      const next = order <= 0 ? left : right;
      if (!next.done) yield next.value;
      if (order <= 0) left = await one.next();
      if (order >= 0) right = await other.next();
    }
  } finally {
    await Promise.all([one.return(undefined), other.return(undefined)]);
  }
}

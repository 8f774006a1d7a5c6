import { and, asc, gte, lt, sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { taskLogs, tasks } from "../../schema/compute/tasks.ts";
import { audit, logs } from "../../schema/core.ts";
import type { Query, Statement } from "../core/database/database.ts";
import type { Config } from "../core/env.ts";
import type { Day } from "./log-dates.ts";
import { describeLog } from "./system-log.ts";
import { describeAction, selectActions } from "./user-actions.ts";

/** The values that order a log's lines and tell them apart. The first one is the moment. */
export type LineKey = readonly (string | number)[];

/** Rows of a day in their order. */
type Part = {
  day: Day;
  /** The key of the last row that was read before. */
  after: LineKey | undefined;
  limit: number;
  /** Only rows that will not change any more, and that may leave the database. */
  onlyEnded: boolean;
};

export type LogKind = {
  /** How many days the database keeps. */
  keptDays: (config: Config) => number;
  /** The moment of the first row, from `from` on, that may leave the database. */
  oldest: (query: Query, from: number, to: number) => Promise<{ at: number }[]>;
  read: (query: Query, part: Part) => Promise<Record<string, unknown>[]>;
  /** The key of a line, whether the line comes from the database or from an archive. */
  keyOf: (line: Record<string, unknown>) => LineKey;
  remove: (query: Query, day: Day, keys: LineKey[]) => Statement;
};

/** The statement that deletes lines of a period by their keys. */
export type DeleteLines = (query: Query, period: Pick<Day, "from" | "to">, keys: LineKey[]) => Statement;

let deleteTaskLogs: DeleteLines | undefined;

/** Tells all isolates how lines of tasks are deleted, because a room above this one owns their table. */
export function registerTaskLogDeletion(deletion: DeleteLines): void {
  deleteTaskLogs = deletion;
}

/** People look up who changed what for longer than they look up what the service logged. */
const AUDIT_DAYS = 365;

const hasEnded = sql`EXISTS (SELECT 1 FROM ${tasks} WHERE ${tasks.id} = ${taskLogs.taskId}
  AND ${tasks.status} IN ('completed', 'failed', 'cancelled'))`;

const momentOf = (line: Record<string, unknown>) => Date.parse(String(line.timestamp));
const momentAndId = (line: Record<string, unknown>): LineKey => [momentOf(line), Number(line.id)];
const idsOf = (keys: LineKey[]) =>
  sql`(SELECT value FROM json_each(${JSON.stringify(keys.map((key) => key[1]))}))`;

const isWithin = ({ from, to }: { from: number; to: number }, at: SQLiteColumn) =>
  and(gte(at, from), lt(at, to));

/** The rows of a part: those of its day after its key, in the order of these columns. */
const rowsOf = ({ day, after }: Part, at: SQLiteColumn, columns: SQL) =>
  and(
    isWithin({ from: after ? Number(after[0]) : day.from, to: day.to }, at),
    after &&
      sql`(${columns}) > (${sql.join(
        after.map((value) => sql`${value}`),
        sql`, `,
      )})`,
  );

export const logKinds = {
  system: {
    keptDays: (config) => config.LOG_RETENTION_DAYS,
    oldest: (q, from, to) =>
      q
        .select({ at: logs.at })
        .from(logs)
        .where(isWithin({ from, to }, logs.at))
        .orderBy(asc(logs.at))
        .limit(1),
    read: async (q, part) => {
      const order = sql`${logs.at}, ${logs.id}`;
      const chosen = rowsOf(part, logs.at, order);
      return (await q.select().from(logs).where(chosen).orderBy(order).limit(part.limit)).map(describeLog);
    },
    keyOf: momentAndId,
    remove: (q, day, keys) =>
      q.delete(logs).where(and(isWithin(day, logs.at), sql`${logs.id} IN ${idsOf(keys)}`)),
  },
  "user-actions": {
    keptDays: (config) => Math.max(config.LOG_RETENTION_DAYS, AUDIT_DAYS),
    oldest: (q, from, to) =>
      q
        .select({ at: audit.at })
        .from(audit)
        .where(isWithin({ from, to }, audit.at))
        .orderBy(asc(audit.at))
        .limit(1),
    read: async (q, part) => {
      const order = sql`${audit.at}, ${audit.id}`;
      const chosen = rowsOf(part, audit.at, order);
      return (await selectActions(q, chosen).orderBy(order).limit(part.limit)).map(describeAction);
    },
    keyOf: momentAndId,
    remove: (q, day, keys) =>
      q.delete(audit).where(and(isWithin(day, audit.at), sql`${audit.id} IN ${idsOf(keys)}`)),
  },
  tasks: {
    keptDays: (config) => config.LOG_RETENTION_DAYS,
    oldest: (q, from, to) =>
      q
        .select({ at: taskLogs.at })
        .from(taskLogs)
        .where(and(isWithin({ from, to }, taskLogs.at), hasEnded))
        .orderBy(asc(taskLogs.at))
        .limit(1),
    read: async (q, part) => {
      const order = sql`${taskLogs.at}, ${taskLogs.taskId}, ${taskLogs.attempt}, ${taskLogs.seq}`;
      const chosen = and(rowsOf(part, taskLogs.at, order), part.onlyEnded ? hasEnded : undefined);
      const rows = await q.select().from(taskLogs).where(chosen).orderBy(order).limit(part.limit);
      return rows.map(({ at, taskId, attempt, seq, level, message }) => {
        const timestamp = new Date(at).toISOString();
        return { timestamp, task_id: taskId, attempt, seq, level, message };
      });
    },
    keyOf: (line) => [momentOf(line), String(line.task_id), Number(line.attempt), Number(line.seq)],
    remove: (q, day, keys) => {
      if (!deleteTaskLogs) throw new Error("nobody has said how lines of tasks are deleted");
      return deleteTaskLogs(q, day, keys);
    },
  },
} satisfies Record<string, LogKind>;

export type LogName = keyof typeof logKinds;
export const logNames = Object.keys(logKinds) as LogName[];

/** Negative where a line comes before another, positive where it comes after it, 0 where they are the same. */
export function compareKeys(one: LineKey, other: LineKey): number {
  for (const [index, part] of one.entries()) {
    const against = other[index] ?? "";
    if (part !== against) return part < against ? -1 : 1;
  }
  return 0;
}

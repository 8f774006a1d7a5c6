import { sql, type SQL } from "drizzle-orm";
import { taskRuns, tasks } from "../../../schema/compute/tasks.ts";
import { jobs } from "../../../schema/core.ts";
import { settingNow } from "../../core/configuration.ts";
import type { Query, Statement } from "../../core/database/database.ts";
import { ASSIGNED_AT_ONCE } from "./assignments.ts";

/** Users whose tasks one claim looks at; more than that are looked at in turn. */
const USERS_IN_TURN = 128;
/** The next claim's turn begins so far on: within what this one has seen, whatever it takes away. */
const TURN_STEP = 64;
/** Tasks at the head of the whole queue that every claim looks at, whoever's turn it is. */
const HEAD_OF_QUEUE = 64;

/** What a server has that tasks may need, as its agent last said. */
export type Machine = {
  /** GB that one task can have. */
  taskMemory: number;
  gpuCount: number;
  gpus: readonly { name: string }[];
  /** The only ones that it can run; null: any. */
  taskTypes: readonly string[] | null;
};

export type Claim = {
  /** A condition on `gpu_servers` that one server meets. */
  server: SQL;
  machine: Machine;
  /** At most so many, and never more than the server has room for. */
  want: number;
  /** Chosen by the caller: what a claim has taken is found by it when its answer was lost. */
  claimId: string;
  now: number;
  leaseUntil: number;
};

/**
 * The statements that give pending tasks to a server, each to one only: the highest priority first; of equal ones those
 * of the user with the fewest running, counting what this claim takes; then the oldest.
 *
 * What it costs depends on neither ended tasks nor on how many are pending, but on how many users wait: it looks at the
 * oldest fitting tasks of 128 users at most. Where more wait, the claims go through them in turn, so that nobody is
 * passed over however many tasks another has; the queue's own head is always looked at, so that the highest priority
 * goes first all the same.
 */
export function claimTasks(
  query: Query,
  { server, machine, want: wanted, claimId, now, leaseUntil }: Claim,
): [Statement, Statement, Statement] {
  if (wanted === 0) return [nothing(query), nothing(query), nothing(query)];
  const want = Math.min(wanted, ASSIGNED_AT_ONCE);
  return [
    query
      .update(tasks)
      .set({
        status: "running",
        attempt: sql`${tasks.attempt} + 1`,
        claimId,
        gpuServerId: sql`(SELECT id FROM gpu_servers WHERE ${server})`,
        leaseUntil,
        deadlineAt: sql`${now} + 1000 * ${settingNow("default_task_timeout")}`,
        progress: 0,
        startedAt: now,
        updatedAt: now,
      })
      .where(sql`id IN (${bestFitting(server, machine, want)}) AND status = 'pending'`),
    query
      .insert(taskRuns)
      .select(
        sql`SELECT id, attempt, gpu_server_id, ${now}, NULL, NULL FROM tasks
          WHERE claim_id = ${claimId} AND status = 'running'`,
      )
      .onConflictDoNothing(),
    nextTurn(query),
  ];
}

const nothing = (query: Query): Statement => query.run(sql`SELECT 0 WHERE false`);

/**
 * Literals where a partial index's own condition has to be met word by word. Each index is named: SQLite weighs all twenty of
 * `tasks` for each look at it otherwise, which takes longer than the claim itself, and every heartbeat has one.
 */
const OPEN = sql.raw("tasks INDEXED BY tasks_open WHERE status IN ('pending', 'running')");
const PENDING = sql.raw("tasks INDEXED BY tasks_pending WHERE status = 'pending'");
const BY_PRIORITY = sql.raw("tasks INDEXED BY tasks_status_by_priority WHERE status = 'pending'");

/** Users with pending tasks from this turn's first on, each found by one step in an index. */
const waiting = (seed: SQL) => sql`waiting (user_id, place) AS (
  SELECT (SELECT user_id FROM ${OPEN} AND status = 'pending'
      AND user_id > coalesce((SELECT cursor FROM jobs WHERE name = 'claims'), '') ORDER BY user_id LIMIT 1), 1 ${seed}
  UNION ALL
  SELECT (SELECT user_id FROM ${OPEN} AND status = 'pending' AND user_id > waiting.user_id ORDER BY user_id LIMIT 1), place + 1
  FROM waiting WHERE user_id IS NOT NULL AND place < ${USERS_IN_TURN})`;

/** What the server can take of what tasks need. */
function fits({ taskMemory, gpuCount, gpus, taskTypes }: Machine): SQL {
  const types = JSON.stringify(taskTypes);
  const names = JSON.stringify(gpus.map(({ name }) => name));
  return sql`need_memory <= ${taskMemory} AND need_gpus <= ${gpuCount}
    ${taskTypes === null ? sql`` : sql`AND task_type IN (SELECT value FROM json_each(${types}))`}
    AND (need_gpu_name IS NULL OR EXISTS (SELECT 1 FROM json_each(${names}) AS gpu
      WHERE instr(lower(gpu.value), lower(need_gpu_name)) > 0))`;
}

/** A SELECT of the ids that a claim takes. */
function bestFitting(server: SQL, machine: Machine, want: number): SQL {
  const fitting = fits(machine);
  return sql`WITH RECURSIVE
    server (room) AS MATERIALIZED (
      SELECT max(0, min(${want}, max_concurrent_tasks - (SELECT count(*) FROM tasks INDEXED BY tasks_running
        WHERE status = 'running' AND gpu_server_id = gpu_servers.id)))
      FROM gpu_servers WHERE ${server} AND is_active = 1),
    ${waiting(sql`FROM server WHERE room > 0`)},
    levels (user_id, priority) AS (
      SELECT user_id, (SELECT max(priority) FROM ${BY_PRIORITY} AND user_id = waiting.user_id)
      FROM waiting WHERE user_id IS NOT NULL
      UNION ALL
      SELECT user_id, (SELECT max(priority) FROM ${BY_PRIORITY}
        AND user_id = levels.user_id AND priority < levels.priority)
      FROM levels WHERE priority IS NOT NULL),
    candidates (id, user_id, priority, created_at) AS (
      SELECT task.id, task.user_id, task.priority, task.created_at FROM levels CROSS JOIN tasks AS task WHERE task.id IN (
        SELECT id FROM ${BY_PRIORITY} AND user_id = levels.user_id AND priority = levels.priority
          AND ${fitting} ORDER BY created_at, id LIMIT ${want})
      UNION
      SELECT id, user_id, priority, created_at FROM (
        SELECT id, user_id, priority, created_at, task_type, need_memory, need_gpus, need_gpu_name FROM ${PENDING}
        AND priority = (SELECT max(priority) FROM ${PENDING}) ORDER BY created_at LIMIT ${HEAD_OF_QUEUE})
      WHERE ${fitting})
    SELECT id FROM (
      SELECT id, priority, created_at, place + sum(CASE place WHEN 1 THEN (
        SELECT count(*) FROM ${OPEN} AND status = 'running' AND user_id = ranked.user_id) END)
        OVER (PARTITION BY user_id) AS turn
      FROM (SELECT id, user_id, priority, created_at,
          row_number() OVER (PARTITION BY user_id ORDER BY priority DESC, created_at, id) AS place
        FROM candidates) AS ranked)
    ORDER BY priority DESC, turn, created_at, id LIMIT (SELECT coalesce(max(room), 0) FROM server)`;
}

/** Where the next claim's turn begins: at the first user, while one turn reaches all of them. */
function nextTurn(query: Query): Statement {
  return query
    .insert(jobs)
    .select(
      sql`WITH RECURSIVE ${waiting(sql``)},
        next (cursor) AS (
          SELECT CASE WHEN count(*) = ${USERS_IN_TURN} THEN max(CASE WHEN place <= ${TURN_STEP} THEN user_id END) END
          FROM waiting WHERE user_id IS NOT NULL)
        SELECT 'claims', NULL, 0, cursor, NULL, NULL, NULL, NULL, 0 FROM next
        WHERE cursor IS NOT (SELECT cursor FROM jobs WHERE name = 'claims')`,
    )
    .onConflictDoUpdate({ target: jobs.name, set: { cursor: sql`excluded.cursor` } });
}

import { sql, type SQL } from "drizzle-orm";
import { taskRuns, tasks } from "../../../schema/compute/tasks.ts";
import { jobs } from "../../../schema/core.ts";
import { settingNow } from "../../core/configuration.ts";
import type { Batch } from "../../core/database/batch.ts";
import type { Query, Statement } from "../../core/database/database.ts";
import { ASSIGNED_AT_ONCE } from "./assignments.ts";
import { moveTasks, transitions } from "./transitions.ts";

/** Users whose tasks one claim looks at. Where more users wait, the claims take them in turn. */
const USERS_IN_TURN = 128;
/** How many users further on the next claim begins; never beyond the users that this claim has looked at. */
const TURN_STEP = 64;
/** Tasks at the head of the whole queue that every claim looks at, whoever's turn it is. */
const HEAD_OF_QUEUE = 64;

/** What a server has that tasks may need, as its agent last reported. */
export type Machine = {
  /** GB that one task can have. */
  taskMemory: number;
  gpuCount: number;
  gpus: readonly { name: string }[];
  /** The only task types that it can run; null where it can run any. */
  taskTypes: readonly string[] | null;
};

export type Claim = {
  /** A condition on `gpu_servers` that one server meets. */
  server: SQL;
  machine: Machine;
  /** How many tasks to claim at most; fewer are claimed where the server has less room. */
  want: number;
  /** A name that the caller chose: by it, the tasks of a claim are found when the answer to the claim was lost. */
  claimId: string;
  now: number;
  leaseUntil: number;
};

/**
 * The statements that give pending tasks to a server, each task to one server only. The highest priority goes first; among
 * equal ones the user with the fewest running tasks, counting those of this claim; then the oldest task. The cost does not
 * depend on how many tasks have ended or are pending, but on how many users wait: a claim looks at the oldest fitting tasks
 * of at most 128 users. Where more users wait, the claims go through them in turn, so that nobody is passed over, however
 * many tasks another user has. The head of the whole queue is always looked at as well, so that the highest priority still
 * goes first.
 */
export function claimTasks(
  query: Query,
  { server, machine, want: wanted, claimId, now, leaseUntil }: Claim,
): Batch | undefined {
  if (wanted === 0) return undefined;
  const want = Math.min(wanted, ASSIGNED_AT_ONCE);
  return {
    claimed: moveTasks(query, transitions.claimed, sql`id IN (${bestFitting(server, machine, want)})`, {
      attempt: sql`${tasks.attempt} + 1`,
      claimId,
      gpuServerId: sql`(SELECT id FROM gpu_servers WHERE ${server})`,
      leaseUntil,
      deadlineAt: sql`${now} + 1000 * ${settingNow("default_task_timeout")}`,
      progress: 0,
      startedAt: now,
      updatedAt: now,
    }),
    runs: insertRuns(query, claimId, now),
    turn: moveTurn(query),
  };
}

/** The runs of the tasks that a claim took, found by one look-up in the index of claims. */
const insertRuns = (query: Query, claimId: string, now: number): Statement =>
  query
    .insert(taskRuns)
    .select(
      sql`SELECT id, attempt, gpu_server_id, ${now}, NULL, NULL FROM tasks
        WHERE claim_id = ${claimId} AND status = 'running'`,
    )
    .onConflictDoNothing();

/**
 * Reads tasks by the one index that is named. Left to choose, SQLite weighs all twenty indexes of `tasks` for each look-up,
 * which takes longer than the claim itself, and every heartbeat makes a claim. The states are literals because SQLite uses a
 * partial index only where the query repeats the words of its condition.
 */
const OPEN = sql.raw("tasks INDEXED BY tasks_open WHERE status IN ('pending', 'running')");
const PENDING = sql.raw("tasks INDEXED BY tasks_pending WHERE status = 'pending'");
const BY_PRIORITY = sql.raw("tasks INDEXED BY tasks_status_by_priority WHERE status = 'pending'");

/**
 * The users with pending tasks, from the one whose turn it is: one step in the index of open tasks for each, 128 at most.
 * @param seed FROM and WHERE of the first step; where it has no row, there are no users
 */
const waiting = (seed: SQL) => sql`waiting (user_id, place) AS (
  SELECT (SELECT user_id FROM ${OPEN} AND status = 'pending'
      AND user_id > coalesce((SELECT cursor FROM jobs WHERE name = 'claims'), '') ORDER BY user_id LIMIT 1), 1 ${seed}
  UNION ALL
  SELECT (SELECT user_id FROM ${OPEN} AND status = 'pending' AND user_id > waiting.user_id ORDER BY user_id LIMIT 1), place + 1
  FROM waiting WHERE user_id IS NOT NULL AND place < ${USERS_IN_TURN})`;

/** Whether a server has what a task needs, as a condition on the row that is being looked at. It reads no other row. */
function fits({ taskMemory, gpuCount, gpus, taskTypes }: Machine): SQL {
  const types = JSON.stringify(taskTypes);
  const names = JSON.stringify(gpus.map(({ name }) => name));
  return sql`need_memory <= ${taskMemory} AND need_gpus <= ${gpuCount}
    ${taskTypes === null ? sql`` : sql`AND task_type IN (SELECT value FROM json_each(${types}))`}
    AND (need_gpu_name IS NULL OR EXISTS (SELECT 1 FROM json_each(${names}) AS gpu
      WHERE instr(lower(gpu.value), lower(need_gpu_name)) > 0))`;
}

/**
 * The ids of the tasks that a claim takes. For each waiting user it steps through the priorities of that user's tasks and
 * reads, of each, as many fitting tasks as are wanted; then it reads the 64 tasks at the head of the queue. Where the server
 * has no room, it reads none.
 */
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

/**
 * Moves the place where the next claim begins: back to the first user where one claim reaches all of them. Costs the steps
 * of `waiting`, and writes only where the place changes.
 */
function moveTurn(query: Query): Statement {
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

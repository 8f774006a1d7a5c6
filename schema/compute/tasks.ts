import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { users } from "../accounts.ts";
import { createdAt, moment } from "../columns.ts";
import { logLevels } from "../core.ts";
import { gpuServers } from "./servers.ts";

export const taskStates = ["pending", "running", "completed", "failed", "cancelled"] as const;
export const runOutcomes = ["completed", "failed", "cancelled", "lost", "refused", "timeout"] as const;

type Json = Record<string, unknown>;

/**
 * The status for lists of everybody's tasks. Were it the plain `status`, SQLite would use these indexes where the claims
 * need their narrower ones.
 */
const anyStatus = sql`status || ''`;

export const tasks = sqliteTable(
  "tasks",
  {
    id: text("id").primaryKey(),
    /** NULL is refused: the user has as many open tasks as one may have. */
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    title: text("title").notNull(),
    description: text("description").notNull(),
    taskType: text("task_type").notNull(),
    priority: integer("priority").notNull(),
    /** NULL is refused: the service takes no tasks now. */
    status: text("status", { enum: taskStates }).notNull(),
    progress: real("progress").notNull().default(0),
    config: text("config", { mode: "json" }).$type<Json>().notNull(),
    result: text("result", { mode: "json" })
      .$type<Json>()
      .notNull()
      .default(sql`'{}'`),
    errorMessage: text("error_message"),
    /** Minutes. */
    estimatedDuration: integer("estimated_duration").notNull(),
    /** Hundredths a minute, fixed when the task was made. */
    price: integer("price").notNull(),
    /** Hundredths held for the present round, or for the round that ended last. */
    hold: integer("hold").notNull(),
    /** Hundredths charged. */
    cost: integer("cost").notNull().default(0),
    /** Counts how often the owner started the task, so that money steps of different rounds differ. */
    round: integer("round").notNull().default(1),
    /** The fencing token: counts how often the task was assigned. */
    attempt: integer("attempt").notNull().default(0),
    /** Leases lost in this round. */
    losses: integer("losses").notNull().default(0),
    gpuServerId: text("gpu_server_id").references(() => gpuServers.id, { onDelete: "set null" }),
    /** The claim that took the task, by which it is found again when the answer to the claim was lost. */
    claimId: text("claim_id"),
    leaseUntil: moment("lease_until"),
    /** A run that lasts beyond this moment has failed. */
    deadlineAt: moment("deadline_at"),
    needMemory: real("need_memory").notNull().default(0),
    needGpus: integer("need_gpus").notNull().default(0),
    needGpuName: text("need_gpu_name"),
    idempotencyKey: text("idempotency_key"),
    requestHash: text("request_hash").notNull(),
    startedAt: moment("started_at"),
    completedAt: moment("completed_at"),
    createdAt: createdAt(),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("tasks_idempotency").on(t.userId, t.idempotencyKey),
    index("tasks_pending")
      .on(t.priority, t.createdAt)
      .where(sql`${t.status} = 'pending'`),
    index("tasks_open")
      .on(t.userId, t.status)
      .where(sql`${t.status} IN ('pending', 'running')`),
    index("tasks_running")
      .on(t.gpuServerId)
      .where(sql`${t.status} = 'running'`),
    index("tasks_leases")
      .on(t.leaseUntil)
      .where(sql`${t.status} = 'running'`),
    index("tasks_deadlines")
      .on(t.deadlineAt)
      .where(sql`${t.status} = 'running'`),
    index("tasks_claim")
      .on(t.claimId)
      .where(sql`${t.claimId} IS NOT NULL`),
    index("tasks_server").on(t.gpuServerId),
    index("tasks_by_creation").on(t.userId, t.createdAt, t.id),
    index("tasks_status_by_creation").on(t.userId, t.status, t.createdAt, t.id),
    index("tasks_status_by_update").on(t.userId, t.status, t.updatedAt, t.id),
    index("tasks_status_by_priority").on(t.userId, t.status, t.priority, t.createdAt, t.id),
    index("tasks_type_by_creation").on(t.userId, t.taskType, t.status, t.createdAt, t.id),
    index("tasks_type_by_update").on(t.userId, t.taskType, t.status, t.updatedAt, t.id),
    index("tasks_type_by_priority").on(t.userId, t.taskType, t.status, t.priority, t.createdAt, t.id),
    index("all_tasks_by_creation").on(anyStatus, t.createdAt, t.id),
    index("all_tasks_by_update").on(anyStatus, t.updatedAt, t.id),
    index("all_tasks_by_priority").on(anyStatus, t.priority, t.createdAt, t.id),
    index("all_tasks_type_by_creation").on(t.taskType, anyStatus, t.createdAt, t.id),
    index("all_tasks_type_by_update").on(t.taskType, anyStatus, t.updatedAt, t.id),
    index("all_tasks_type_by_priority").on(t.taskType, anyStatus, t.priority, t.createdAt, t.id),
  ],
);

/** One assignment of a task to a server. */
export const taskRuns = sqliteTable(
  "task_runs",
  {
    taskId: text("task_id")
      .notNull()
      .references(() => tasks.id, { onDelete: "cascade" }),
    attempt: integer("attempt").notNull(),
    serverId: text("server_id").notNull(),
    startedAt: moment("started_at").notNull(),
    endedAt: moment("ended_at"),
    outcome: text("outcome", { enum: runOutcomes }),
  },
  (t) => [primaryKey({ columns: [t.taskId, t.attempt] })],
);

/** What an attempt reported, each line once. */
export const taskLogs = sqliteTable(
  "task_logs",
  {
    taskId: text("task_id")
      .notNull()
      .references(() => tasks.id, { onDelete: "cascade" }),
    attempt: integer("attempt").notNull(),
    seq: integer("seq").notNull(),
    at: moment("at").notNull(),
    level: text("level", { enum: logLevels }).notNull(),
    message: text("message").notNull(),
  },
  (t) => [primaryKey({ columns: [t.taskId, t.attempt, t.seq] }), index("task_logs_at").on(t.at)],
);

/**
 * How many tasks of each kind there are, moved by triggers on `tasks`: one set of rows for each user, and one, with the user
 * "", for everybody.
 */
export const taskCounts = sqliteTable(
  "task_counts",
  {
    owner: text("owner").notNull(),
    taskType: text("task_type").notNull(),
    status: text("status", { enum: taskStates }).notNull(),
    count: integer("count").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.owner, t.taskType, t.status] }),
    check("task_counts_count", sql`${t.count} >= 0`),
  ],
);

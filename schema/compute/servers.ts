import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { createdAt, moment } from "../columns.ts";

/** Percent, GB. */
export type GpuReading = {
  gpu_id: number;
  name: string;
  usage: number;
  memory_used: number;
  memory_total: number;
  temperature?: number;
};
export type ReportedTask = { task_id: string; attempt: number; progress: number; message?: string };

/** Machines that run tasks, with what their agents last reported. Memory in GB, usage in percent. */
export const gpuServers = sqliteTable("gpu_servers", {
  id: text("id").primaryKey(),
  name: text("name").notNull().unique(),
  /** Where the agent listens; NULL for one that only pulls. */
  agentUrl: text("agent_url"),
  /** Shown in lists: the agent's host, or the address that its heartbeats come from. */
  host: text("host").notNull(),
  tokenHash: text("token_hash").notNull().unique(),
  /** The version of the token, which is derived from it and from the deployment's secret. Raising it makes a new token. */
  tokenVersion: integer("token_version").notNull().default(1),
  maxConcurrentTasks: integer("max_concurrent_tasks").notNull(),
  /** False: the server keeps the tasks that it runs and gets no new ones. */
  isActive: integer("is_active", { mode: "boolean" }).notNull().default(true),
  agentVersion: text("agent_version").notNull().default(""),
  cpuUsage: real("cpu_usage").notNull().default(0),
  memoryUsage: real("memory_usage").notNull().default(0),
  totalMemory: real("total_memory").notNull().default(0),
  usedMemory: real("used_memory").notNull().default(0),
  gpus: text("gpus", { mode: "json" })
    .$type<GpuReading[]>()
    .notNull()
    .default(sql`'[]'`),
  gpuCount: integer("gpu_count").notNull().default(0),
  /** What one task can have: the largest GPU's memory, or the machine's where there is no GPU. */
  taskMemory: real("task_memory").notNull().default(0),
  /** The task types that its agent has a command for; NULL where the agent does not say. */
  taskTypes: text("task_types", { mode: "json" }).$type<string[]>(),
  reportedTasks: text("reported_tasks", { mode: "json" })
    .$type<ReportedTask[]>()
    .notNull()
    .default(sql`'[]'`),
  /** The last heartbeat or answered poll. */
  lastSeenAt: moment("last_seen_at"),
  /** The `lastSeenAt` after whose silence webhooks were told that it is offline. */
  offlineToldOf: moment("offline_told_of"),
  /** When a reading was last kept for the charts. */
  readingAt: moment("reading_at").notNull().default(0),
  /** Polls that failed in a row: the more there are, the longer until the next poll. */
  failures: integer("failures").notNull().default(0),
  nextPollAt: moment("next_poll_at").notNull().default(0),
  /** What was wrong with the last poll, in a few words. */
  lastError: text("last_error"),
  createdAt: createdAt(),
  updatedAt: moment("updated_at").notNull(),
});

/** Readings for charts, one a minute at most, kept for a day. */
export const gpuReadings = sqliteTable(
  "gpu_readings",
  {
    serverId: text("server_id")
      .notNull()
      .references(() => gpuServers.id, { onDelete: "cascade" }),
    at: moment("at").notNull(),
    cpuUsage: real("cpu_usage").notNull(),
    memoryUsage: real("memory_usage").notNull(),
    gpuUsage: real("gpu_usage").notNull(),
    gpuMemoryUsed: real("gpu_memory_used").notNull(),
    runningTasks: integer("running_tasks").notNull(),
  },
  (t) => [primaryKey({ columns: [t.serverId, t.at] }), index("gpu_readings_at").on(t.at)],
);

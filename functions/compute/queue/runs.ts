import { sql, type SQL } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { tasks } from "../../../schema/compute/tasks.ts";

/** One run of a task. `attempt` counts how often the task was given to a server. */
export type TaskRun = { taskId: string; attempt: number };

/** The condition that a task is in this run. */
export const isRun = ({ taskId, attempt }: TaskRun): SQL =>
  sql`${tasks.id} = ${taskId} AND ${tasks.attempt} = ${attempt}`;

/** The condition that a task is in one of these runs. */
export const isRunOf = (runs: readonly TaskRun[]): SQL =>
  sql`(${tasks.id}, ${tasks.attempt}) IN (${pairsOf(runs)})`;

/** The condition that a task is in none of these runs. */
export const isNoRunOf = (runs: readonly TaskRun[]): SQL =>
  sql`(${tasks.id}, ${tasks.attempt}) NOT IN (${pairsOf(runs)})`;

function pairsOf(runs: readonly TaskRun[]): SQL {
  const pairs = JSON.stringify(runs.map(({ taskId, attempt }) => [taskId, attempt]));
  return sql`SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(${pairs})`;
}

/** The id of the only server that meets a condition on `gpu_servers`. */
export const serverIdWhere = (server: SQL): SQL<string> =>
  sql<string>`(SELECT ${gpuServers.id} FROM ${gpuServers} WHERE ${server})`;

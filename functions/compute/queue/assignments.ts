import { sql, type SQL } from "drizzle-orm";
import { tasks } from "../../../schema/compute/tasks.ts";
import type { Ctx } from "../../core/context.ts";
import type { Query } from "../../core/database/database.ts";
import { inputFilesOf, type SignedFile } from "../files/task-files.ts";

/** Tasks given in one answer: their configs, of 64 KiB at most, are held at once. The rest comes with the next. */
export const ASSIGNED_AT_ONCE = 100;

/** A task as an agent is given it. */
export type Assignment = {
  task_id: string;
  attempt: number;
  task_type: string;
  config: Record<string, unknown>;
  /** What is left of the time that it may run. */
  timeout_seconds: number;
  /** How long the agent may be silent before the task is another's. */
  lease_seconds: number;
  callback_url: string;
  inputs: SignedFile[];
  output_upload: { url: string; kind: "output"; max_bytes: number };
};

type Row = {
  id: string;
  attempt: number;
  taskType: string;
  config: Record<string, unknown>;
  deadlineAt: number | null;
};

/** The rows that assignments are made of. @param chosen a condition on `tasks` */
export const assignmentRows = (query: Query, chosen: SQL) =>
  query
    .select({
      id: tasks.id,
      attempt: tasks.attempt,
      taskType: tasks.taskType,
      config: tasks.config,
      deadlineAt: tasks.deadlineAt,
    })
    .from(tasks)
    .where(sql`${tasks.status} = 'running' AND ${chosen}`)
    .limit(ASSIGNED_AT_ONCE);

/**
 * Assignments with their inputs signed; one round trip where a task has inputs, none else.
 * @param origin what this server's addresses begin with; empty: they are relative to the one that the agent knows
 */
export async function assignmentsOf(ctx: Ctx, origin: string, rows: readonly Row[]): Promise<Assignment[]> {
  const { config, clock } = ctx.deps;
  const withInputs = rows.filter((row) => Array.isArray(row.config.inputs) && row.config.inputs.length > 0);
  const inputs = await inputFilesOf(
    { deps: ctx.deps, origin: () => origin },
    withInputs.map(({ id }) => id),
  );
  const now = clock();
  return rows.map((row) => ({
    task_id: row.id,
    attempt: row.attempt,
    task_type: row.taskType,
    config: row.config,
    timeout_seconds: Math.max(1, Math.ceil(((row.deadlineAt ?? now) - now) / 1000)),
    lease_seconds: config.LEASE_SECONDS,
    callback_url: `${origin}/api/gpu/agent/tasks/${row.id}/events`,
    inputs: inputs.get(row.id) ?? [],
    output_upload: { url: `${origin}/api/v1/uploads`, kind: "output", max_bytes: config.MAX_OUTPUT_BYTES },
  }));
}

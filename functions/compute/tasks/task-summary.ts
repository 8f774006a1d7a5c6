import { sql, type SQL } from "drizzle-orm";
import { tasks } from "../../../schema/compute/tasks.ts";
import { earlierCharges } from "../../billing/balances.sql.ts";
import { requireUser } from "../../accounts/sign-in/sessions.ts";
import type { Ctx } from "../../core/context.ts";
import { sayTaskFault } from "../faults.ts";
import { gpuServerName, ownerName } from "./names.sql.ts";
import { waitingFor, type Taker } from "./waiting-for.ts";

type Row = typeof tasks.$inferSelect;

/** What lists and changes show of a task: all but what may be large. */
export const taskSummaryColumns = {
  id: tasks.id,
  userId: tasks.userId,
  ownerName,
  title: tasks.title,
  description: tasks.description,
  taskType: tasks.taskType,
  status: tasks.status,
  progress: tasks.progress,
  priority: tasks.priority,
  gpuServerId: tasks.gpuServerId,
  gpuServerName,
  errorMessage: tasks.errorMessage,
  cost: tasks.cost,
  earlierCharges,
  estimatedDuration: tasks.estimatedDuration,
  attempt: tasks.attempt,
  needMemory: tasks.needMemory,
  needGpus: tasks.needGpus,
  needGpuName: tasks.needGpuName,
  startedAt: tasks.startedAt,
  completedAt: tasks.completedAt,
  createdAt: tasks.createdAt,
  updatedAt: tasks.updatedAt,
};

type SummaryRow = Pick<
  Row,
  Exclude<keyof typeof taskSummaryColumns, "earlierCharges" | "ownerName" | "gpuServerName">
> & {
  earlierCharges: number;
  gpuServerName: string | null;
  ownerName: string;
};

const isoOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** A task as lists and changes answer it. @param takers what servers could take, where it may be pending */
export function summarizeTask(ctx: Ctx, row: SummaryRow, takers: readonly Taker[]) {
  return {
    id: row.id,
    user_id: row.userId,
    username: row.ownerName,
    title: row.title,
    description: row.description,
    task_type: row.taskType,
    status: row.status,
    waiting_for: waitingFor(ctx, row, takers),
    progress: row.progress,
    priority: row.priority,
    gpu_server_id: row.gpuServerId,
    gpu_server_name: row.gpuServerName,
    error_message: sayTaskFault(ctx, row.errorMessage),
    cost: row.cost / 100,
    total_cost: (row.cost + row.earlierCharges) / 100,
    estimated_duration: row.estimatedDuration,
    attempt: row.attempt,
    started_at: isoOrNull(row.startedAt),
    completed_at: isoOrNull(row.completedAt),
    created_at: new Date(row.createdAt).toISOString(),
    updated_at: new Date(row.updatedAt).toISOString(),
  };
}

export type TaskSummary = ReturnType<typeof summarizeTask>;

/**
 * The condition for the one task of this id, if the signed-in user may see it: its owner and administrators.
 * @throws AppError INVALID_TOKEN.
 */
export function visibleTask({ actor }: Ctx, id: string): SQL {
  const user = requireUser(actor);
  return user.role === "admin"
    ? sql`${tasks.id} = ${id}`
    : sql`${tasks.id} = ${id} AND ${tasks.userId} = ${user.id}`;
}

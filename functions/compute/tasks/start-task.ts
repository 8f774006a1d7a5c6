import { sql, type SQL } from "drizzle-orm";
import { taskInputs, taskInputUses } from "../../../schema/compute/files.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import { inMaintenance } from "../../accounts/maintenance.ts";
import { insufficientBalance } from "../../billing/holds.ts";
import { forgetConfiguration, readConfiguration, settingNow } from "../../core/configuration.ts";
import type { Ctx, UserActor } from "../../core/context.ts";
import type { Query } from "../../core/database/database.ts";
import { AppError } from "../../core/errors.ts";
import { isIn } from "../queue/transitions.ts";
import { unknownInputs } from "./task-config.ts";

/** Seconds after which one of a user's open tasks may have ended. */
const LIMIT_RETRY_SECONDS = 30;

/** What refuses the batch that starts a task, whether it is new or started again. */
export const startConstraints = {
  "tasks.status": "maintenance",
  "tasks.user_id": "too many open tasks",
  "task_input_uses.input_id": "unknown inputs",
  balances_covered: "balance too low",
} as const;

type StartRefusal = (typeof startConstraints)[keyof typeof startConstraints];

/** The user's id, or NULL where that user has as many open tasks as one may have. @param userId an expression */
export function ownerWithinLimit(userId: SQL): SQL<string> {
  return sql<string>`CASE WHEN (
    SELECT count(*) FROM ${tasks} AS open WHERE open.user_id = ${userId} AND open.status IN ('pending', 'running')
  ) < ${settingNow("max_concurrent_tasks_per_user")} THEN ${userId} END`;
}

/** `pending`, or NULL where the service is in maintenance and this is no administrator. */
export function pendingUnlessMaintenance({ role }: UserActor): SQL<"pending"> {
  if (role === "admin") return sql<"pending">`'pending'`;
  return sql<"pending">`CASE WHEN ${settingNow("maintenance_mode")} = 0 THEN 'pending' END`;
}

/**
 * The statement that ties the inputs that a pending task's config names to it; NULL, which is refused, for one that its user
 * does not have.
 */
export function useInputs(query: Query, taskId: string) {
  const named = sql`SELECT ${taskInputs.id} FROM ${taskInputs}
    WHERE ${taskInputs.uploadId} = named.value AND ${taskInputs.userId} = ${tasks.userId}`;
  return query
    .insert(taskInputUses)
    .select(
      sql`SELECT DISTINCT ${tasks.id}, (${named}) FROM ${tasks}, json_each(${tasks.config}, '$.inputs') AS named
        WHERE ${tasks.id} = ${taskId} AND ${isIn(["pending"])}`,
    )
    .onConflictDoNothing();
}

/** The error for a task that may not start. @param hold what it would have held, in hundredths */
export async function startRefusal(
  ctx: Ctx,
  refused: StartRefusal,
  cause: unknown,
  hold: () => Promise<number> | number,
): Promise<unknown> {
  switch (refused) {
    case "maintenance":
      return inMaintenance();
    case "unknown inputs":
      return unknownInputs(ctx.locale);
    case "balance too low":
      return insufficientBalance(await hold(), cause);
    case "too many open tasks": {
      forgetConfiguration(ctx.deps);
      const { max_concurrent_tasks_per_user: limit } = await readConfiguration(ctx.deps);
      return new AppError("TASK_LIMIT_EXCEEDED", { limit }, { retryAfter: LIMIT_RETRY_SECONDS });
    }
  }
}

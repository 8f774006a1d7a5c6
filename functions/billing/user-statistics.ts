import { eq, sql } from "drizzle-orm";
import { users } from "../../schema/accounts.ts";
import { figures } from "../accounts/figures.ts";
import { requireUser } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { units } from "./money.ts";

/** Amounts in units; `last_task_date` is when the newest of the user's tasks was made. */
export type UserStatistics = {
  total_tasks: number;
  completed_tasks: number;
  failed_tasks: number;
  total_cost: number;
  current_balance: number;
  last_task_date: string | null;
};

const tasksOf = (status: string) =>
  sql<number>`(SELECT coalesce(sum(count), 0) FROM task_counts WHERE owner = users.id AND status = ${status})`;

/** What the signed-in user has had done, and what it cost: running totals alone, however many tasks there were. @throws AppError INVALID_TOKEN. */
export async function userStatistics(ctx: Ctx): Promise<UserStatistics> {
  const { id } = requireUser(ctx.actor);
  const [row] = await ctx.deps.db.read((q) =>
    q
      .select({
        ...figures,
        completed: tasksOf("completed"),
        failed: tasksOf("failed"),
        paid: sql<number>`(SELECT coalesce(-sum(amount), 0) FROM ledger_sums WHERE user_id = users.id AND kind IN ('charge', 'refund'))`,
        lastTaskAt: sql<number | null>`(SELECT max(created_at) FROM tasks WHERE user_id = users.id)`,
      })
      .from(users)
      .where(eq(users.id, id)),
  );
  if (!row) throw new AppError("INVALID_TOKEN");
  return {
    total_tasks: row.totalTasks,
    completed_tasks: row.completed,
    failed_tasks: row.failed,
    total_cost: units(row.paid),
    current_balance: units(row.balance),
    last_task_date: row.lastTaskAt === null ? null : new Date(row.lastTaskAt).toISOString(),
  };
}

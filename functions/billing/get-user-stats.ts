import { eq } from "drizzle-orm";
import { users } from "../../schema/accounts.ts";
import { requireUser } from "../accounts/sign-in/sessions.ts";
import type { Ctx } from "../core/context.ts";
import { AppError } from "../core/errors.ts";
import { userFigures } from "../accounts/user-figures.ts";
import { chargedToUser } from "./balances.sql.ts";
import { units } from "./money.ts";

/** Amounts in units; `last_task_date` is when the newest of the user's tasks was made. */
export type UserStatistics = {
  total_tasks: number;
  completed_tasks: number;
  failed_tasks: number;
  total_cost: number;
  current_balance: number;
  price_per_minute: number;
  last_task_date: string | null;
};

/**
 * How many tasks the signed-in user has had and what they cost. Reads running totals alone, however many tasks there were.
 * @throws AppError INVALID_TOKEN.
 */
export async function getUserStats(ctx: Ctx): Promise<UserStatistics> {
  const { id } = requireUser(ctx.actor);
  const [row] = await ctx.deps.db.read((q) =>
    q
      .select({
        ...userFigures("balance", "totalTasks", "completedTasks", "failedTasks", "lastTaskAt"),
        charged: chargedToUser,
      })
      .from(users)
      .where(eq(users.id, id)),
  );
  if (!row) throw new AppError("INVALID_TOKEN");
  return {
    total_tasks: row.totalTasks,
    completed_tasks: row.completedTasks,
    failed_tasks: row.failedTasks,
    total_cost: units(row.charged),
    current_balance: units(row.balance),
    price_per_minute: units(ctx.deps.config.PRICE_PER_MINUTE),
    last_task_date: row.lastTaskAt === null ? null : new Date(row.lastTaskAt).toISOString(),
  };
}

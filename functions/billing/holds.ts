import { sql, type SQL } from "drizzle-orm";
import { ledger } from "../../schema/billing.ts";
import type { Query, Statement } from "../core/database/database.ts";
import { AppError } from "../core/errors.ts";
import { billedTasks } from "./billed-tasks.ts";

export type Hold = {
  userId: string;
  taskId: string;
  /** Counts how often the owner started the task: each start holds money once. */
  round: number;
  /** Hundredths. */
  amount: number;
  /** Who started it. */
  actor: string;
};

/** The statement that takes a task's hold from its owner's balance; refused as `balances_covered` where that is too low. */
export function hold(query: Query, { userId, taskId, round, amount, actor }: Hold, now: number): Statement {
  return query.insert(ledger).values({
    userId,
    kind: "hold",
    amount: -amount,
    key: `hold:${taskId}:${round}`,
    reference: taskId,
    description: "",
    actor,
    createdAt: now,
  });
}

/**
 * The statement that takes the holds of tasks that were started again, one for each task that has no hold for its present
 * round. Refused as `balances_covered` like the first.
 * @param chosen a condition on `tasks`
 */
export function holdAgain(query: Query, chosen: SQL, actor: string, now: number): Statement {
  const { table, id, userId, round, hold: amount } = billedTasks();
  return query
    .insert(ledger)
    .select(
      sql`SELECT NULL, ${userId}, 'hold', -${amount}, 'hold:' || ${id} || ':' || ${round}, ${id}, '', ${actor}, ${now}
        FROM ${table} WHERE ${chosen}`,
    )
    .onConflictDoNothing({ target: ledger.key });
}

/**
 * The statements that settle ended tasks: each task gets its whole hold back and pays its `cost`. They belong in the batch
 * that ends the tasks, after the statement that does. Tasks that are open or settled already are left alone, so the batch
 * may hold these statements more than once.
 * @param chosen a condition on `tasks`
 */
export function settle(query: Query, chosen: SQL, actor: string, now: number): [Statement, Statement] {
  const { table, id, userId, round, hold, cost, hasEnded } = billedTasks();
  const ended = sql`FROM ${table} WHERE ${hasEnded} AND (${chosen})`;
  return [
    query
      .insert(ledger)
      .select(sql`
      SELECT NULL, ${userId}, 'release', ${hold}, 'release:' || ${id} || ':' || ${round}, ${id}, '', ${actor}, ${now}
      ${ended} AND ${hold} > 0`)
      .onConflictDoNothing({ target: ledger.key }),
    query
      .insert(ledger)
      .select(sql`
      SELECT NULL, ${userId}, 'charge', -${cost}, 'charge:' || ${id} || ':' || ${round}, ${id}, '', ${actor}, ${now}
      ${ended} AND ${cost} > 0`)
      .onConflictDoNothing({ target: ledger.key }),
  ];
}

/** The error for a batch that `balances_covered` refused. @param amount of the hold, in hundredths */
export const insufficientBalance = (amount: number, cause: unknown): AppError =>
  new AppError("INSUFFICIENT_BALANCE", { amount: (amount / 100).toFixed(2) }, { cause });

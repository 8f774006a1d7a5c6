import { sql, type SQL } from "drizzle-orm";
import { ledger } from "../../schema/billing.ts";
import { ConstraintError, type Query, type Statement } from "../core/database/database.ts";
import { AppError } from "../core/errors.ts";

export type Hold = {
  userId: string;
  taskId: string;
  /** Counts how often the task was started by its owner: each start holds once. */
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
 * The statements that settle ended tasks: each gets its whole hold back and pays its `cost`. To stand in the batch that
 * ends them, behind it; a task that is open, or settled already, is left alone, so they may stand there more than once.
 * @param chosen a condition on `tasks`
 */
export function settle(query: Query, chosen: SQL, actor: string, now: number): [Statement, Statement] {
  const ended = sql`status IN ('completed', 'failed', 'cancelled') AND (${chosen})`;
  return [
    query
      .insert(ledger)
      .select(sql`
      SELECT NULL, user_id, 'release', hold, 'release:' || id || ':' || round, id, '', ${actor}, ${now}
      FROM tasks WHERE ${ended} AND hold > 0`)
      .onConflictDoNothing({ target: ledger.key }),
    query
      .insert(ledger)
      .select(sql`
      SELECT NULL, user_id, 'charge', -cost, 'charge:' || id || ':' || round, id, '', ${actor}, ${now}
      FROM tasks WHERE ${ended} AND cost > 0`)
      .onConflictDoNothing({ target: ledger.key }),
  ];
}

/** A batch's refusal in the ledger's terms. @param amount hundredths */
export function asRefusal(error: unknown, amount: number): unknown {
  if (!(error instanceof ConstraintError) || error.constraint !== "balances_covered") return error;
  return new AppError("INSUFFICIENT_BALANCE", { amount: (amount / 100).toFixed(2) }, { cause: error });
}

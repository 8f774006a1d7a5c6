import { sql } from "drizzle-orm";

/** A user's balance in hundredths, as a column of a query that reads `users`: one look into a primary key. */
export const balanceOfUser = sql<number>`coalesce((SELECT balance FROM balances WHERE user_id = users.id), 0)`;

/** What a user was charged, less refunds, in hundredths; as a column of the same: two rows of running totals by their key. */
export const chargedToUser = sql<number>`(SELECT coalesce(-sum(amount), 0) FROM ledger_sums
  WHERE user_id = users.id AND kind IN ('charge', 'refund'))`;

/**
 * What a task was charged in the rounds before its present one, less refunds, in hundredths; as a column of a query that
 * reads or changes `tasks`: the task's part of the index of references.
 */
export const earlierCharges = sql<number>`(SELECT coalesce(-sum(amount), 0) FROM ledger WHERE reference = tasks.id
  AND kind IN ('charge', 'refund') AND key <> 'charge:' || tasks.id || ':' || tasks.round)`;

import { sql } from "drizzle-orm";
import { users } from "../../schema/accounts.ts";
import { ledger } from "../../schema/billing.ts";
import type { Query, Statement } from "../core/database/database.ts";
import { balanceOfUser } from "./balances.sql.ts";

export type NewBalance = {
  userId: string;
  /** Hundredths, not negative. */
  balance: number;
  /** For the user to read. */
  reason: string;
  /** Unique: the same adjustment twice is refused as `ledger.key`. */
  key: string;
  /** Who sets it. */
  actor: string;
};

/**
 * The statement that sets a user's balance: it writes one ledger entry of the difference between the balance of that moment
 * and the amount. It writes nothing where there is no difference or no such user.
 */
export function setBalance(query: Query, input: NewBalance, now: number): Statement {
  const { userId, balance, reason, key, actor } = input;
  const difference = sql`${balance} - ${balanceOfUser}`;
  return query.insert(ledger).select(sql`
    SELECT NULL, ${users.id}, 'adjustment', ${difference}, ${`adjustment:${key}`}, ${actor}, ${reason}, ${actor}, ${now}
    FROM ${users} WHERE ${users.id} = ${userId} AND ${difference} <> 0`);
}

import { sql, type SQL } from "drizzle-orm";
import type { BilledTasks } from "../billed-tasks.ts";

/**
 * What has to hold of the money. Each rule is a query for the rows that break it: the `subject`, and in hundredths (or as
 * counts) what is `expected` and what is `found`, NULL where nothing is. Each query reads the whole ledger, all codes or all
 * tasks.
 */
export const ledgerRules = ({ table, id, userId, round, hold, cost, isOpen, hasEnded }: BilledTasks) => ({
  /** A balance is the sum of its ledger. */
  balance: differences(
    sql`SELECT user_id AS subject, amount AS expected, 0 AS found FROM ledger
      UNION ALL SELECT user_id, 0, balance FROM balances`,
  ),

  /** No balance is below zero. */
  negative_balance: sql`SELECT user_id AS subject, 0 AS expected, balance AS found FROM balances WHERE balance < 0`,

  /** The totals by kind are the sums of the ledger. */
  total: differences(
    sql`SELECT kind AS subject, amount AS expected, 0 AS found FROM ledger
      UNION ALL SELECT kind, 0, amount FROM ledger_totals`,
  ),

  /** Each user's sums by kind are the sums of that user's ledger. */
  user_total: differences(
    sql`SELECT user_id || ' ' || kind AS subject, amount AS expected, 0 AS found FROM ledger
      UNION ALL SELECT user_id || ' ' || kind, 0, amount FROM ledger_sums`,
  ),

  /** Each user's counts by kind are the numbers of that user's entries. */
  user_entries: differences(
    sql`SELECT user_id || ' ' || kind AS subject, 1 AS expected, 0 AS found FROM ledger
      UNION ALL SELECT user_id || ' ' || kind, 0, entries FROM ledger_sums`,
  ),

  /** Each kind moves money in its own direction. */
  direction: sql`SELECT key AS subject, -amount AS expected, amount AS found FROM ledger
    WHERE (kind IN ('hold', 'charge') AND amount > 0) OR (kind IN ('recharge', 'release', 'refund') AND amount < 0)`,

  /** The hold of an ended round was released once and in full; the hold of an open round was not released yet. */
  release: sql`SELECT held.key AS subject, CASE WHEN ${id} IS NULL THEN -held.amount END AS expected, freed.amount AS found
    FROM ledger AS held
    LEFT JOIN ledger AS freed ON freed.key = 'release:' || substr(held.key, 6) AND freed.user_id = held.user_id
    LEFT JOIN ${table} ON ${id} = held.reference AND ${isOpen} AND held.key = 'hold:' || ${id} || ':' || ${round}
    WHERE held.kind = 'hold' AND held.amount <> 0
      AND CASE WHEN ${id} IS NULL THEN freed.amount IS NOT -held.amount ELSE freed.id IS NOT NULL END`,

  /** Nothing is released that was not held. */
  hold_of_release: sql`SELECT freed.key AS subject, -freed.amount AS expected, held.amount AS found
    FROM ledger AS freed
    LEFT JOIN ledger AS held ON held.key = 'hold:' || substr(freed.key, 9) AND held.user_id = freed.user_id
    WHERE freed.kind = 'release' AND held.id IS NULL`,

  /** A task holds what it says it does. */
  hold_of_task: sql`SELECT ${id} AS subject, -${hold} AS expected, held.amount AS found
    FROM ${table} LEFT JOIN ledger AS held ON held.key = 'hold:' || ${id} || ':' || ${round} AND held.user_id = ${userId}
    WHERE ${hold} > 0 AND held.amount IS NOT -${hold}`,

  /** No charge is above its hold, nor made before the hold was released. */
  charge: sql`SELECT paid.key AS subject, freed.amount AS expected, -paid.amount AS found
    FROM ledger AS paid
    LEFT JOIN ledger AS freed ON freed.key = 'release:' || substr(paid.key, 8) AND freed.user_id = paid.user_id
    WHERE paid.kind = 'charge' AND paid.amount <> 0 AND (freed.id IS NULL OR -paid.amount > freed.amount)`,

  /** An ended task was charged what it cost. */
  charge_of_task: sql`SELECT ${id} AS subject, ${cost} AS expected, -paid.amount AS found
    FROM ${table} LEFT JOIN ledger AS paid ON paid.key = 'charge:' || ${id} || ':' || ${round} AND paid.user_id = ${userId}
    WHERE ${hasEnded} AND coalesce(-paid.amount, 0) <> ${cost}`,

  /** A redemption gave its user what the code is worth. */
  redemption: sql`SELECT redemptions.id AS subject, recharge_codes.amount AS expected, ledger.amount AS found
    FROM redemptions
    LEFT JOIN recharge_codes ON recharge_codes.id = redemptions.code_id
    LEFT JOIN ledger ON ledger.key = 'recharge:' || redemptions.id
      AND ledger.user_id = redemptions.user_id AND ledger.reference = redemptions.code_id
    WHERE ledger.amount IS NOT redemptions.amount OR recharge_codes.amount IS NOT redemptions.amount`,

  /** Nothing else recharges. */
  recharge: sql`SELECT ledger.key AS subject, NULL AS expected, ledger.amount AS found
    FROM ledger LEFT JOIN redemptions ON redemptions.id = substr(ledger.key, 10)
    WHERE ledger.kind = 'recharge' AND (redemptions.id IS NULL OR ledger.key <> 'recharge:' || redemptions.id)`,

  /** A code was used as often as it was redeemed. */
  uses: differences(
    sql`SELECT code_id AS subject, 1 AS expected, 0 AS found FROM redemptions
      UNION ALL SELECT id, 0, used FROM recharge_codes`,
  ),
});

/** The subjects whose two sums differ; reads all rows. */
function differences(rows: SQL): SQL {
  return sql`SELECT subject, sum(expected) AS expected, sum(found) AS found FROM (${rows})
    GROUP BY subject HAVING sum(expected) <> sum(found)`;
}

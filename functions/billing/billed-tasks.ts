import type { SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";

/** The table of tasks, as far as the ledger needs to know it. Amounts in hundredths. */
export type BilledTasks = {
  table: SQLiteTable;
  id: SQLiteColumn;
  userId: SQLiteColumn;
  title: SQLiteColumn;
  /** Counts how often the owner started the task: each start holds money once. */
  round: SQLiteColumn;
  hold: SQLiteColumn;
  cost: SQLiteColumn;
  /** Conditions on a row: the task waits or runs, so its money is still held; the task has ended, so its cost is final. */
  isOpen: SQL;
  hasEnded: SQL;
};

let registered: BilledTasks | undefined;

/** Makes the tasks' table known to all isolates, because a room above this one owns it. */
export function registerBilledTasks(tasks: BilledTasks): void {
  registered = tasks;
}

/** @throws Error where no room has registered its tasks. */
export function billedTasks(): BilledTasks {
  if (!registered) throw new Error("nobody has said which tasks are paid for");
  return registered;
}

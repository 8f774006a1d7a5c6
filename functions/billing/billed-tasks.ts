import type { SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";

/** What is paid for: the table of tasks, as far as the ledger goes by it. Amounts in hundredths. */
export type BilledTasks = {
  table: SQLiteTable;
  id: SQLiteColumn;
  userId: SQLiteColumn;
  /** Counts how often a task was started by its owner: each start holds once. */
  round: SQLiteColumn;
  hold: SQLiteColumn;
  cost: SQLiteColumn;
  /** Whether a row is still to be settled, or has come to what it costs. */
  isOpen: SQL;
  hasEnded: SQL;
};

let registered: BilledTasks | undefined;

/** Makes the tasks known, for all isolates: they are kept by a room above this one. */
export function registerBilledTasks(tasks: BilledTasks): void {
  registered = tasks;
}

/** @throws Error where no room has registered its tasks. */
export function billedTasks(): BilledTasks {
  if (!registered) throw new Error("nobody has said which tasks are paid for");
  return registered;
}

import { sql } from "drizzle-orm";
import { tasks } from "../../../schema/compute/tasks.ts";
import type { BilledTasks } from "../../billing/billed-tasks.ts";

/** Tasks as the ledger sees them. */
export const billedTasks: BilledTasks = {
  table: tasks,
  id: tasks.id,
  userId: tasks.userId,
  title: tasks.title,
  round: tasks.round,
  hold: tasks.hold,
  cost: tasks.cost,
  isOpen: sql`${tasks.status} IN ('pending', 'running')`,
  hasEnded: sql`${tasks.status} IN ('completed', 'failed', 'cancelled')`,
};

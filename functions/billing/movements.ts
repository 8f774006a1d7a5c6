import { and, eq, sql } from "drizzle-orm";
import { ledger, rechargeCodes, type ledgerKinds } from "../../schema/billing.ts";
import { billedTasks } from "./billed-tasks.ts";
import { units } from "./money.ts";

/** One movement of somebody's money, as lists show it. */
export type Movement = {
  id: string;
  type: (typeof ledgerKinds)[number];
  /** In units. Negative: out of the balance. */
  amount: number;
  /** The recharge code, masked. */
  code: string | null;
  task_id: string | null;
  /** As it is now; null for a task that is deleted. */
  task_title: string | null;
  description: string;
  created_at: string;
};

/** The condition by which a query that reads `ledger` joins the code of a recharge. */
export const redeemedCode = and(eq(ledger.kind, "recharge"), eq(rechargeCodes.id, ledger.reference));

/** What a query selects for `movementOf`: it reads `ledger`, and joins `rechargeCodes` by `redeemedCode`. */
export function movementColumns() {
  const { table, id, title } = billedTasks();
  return {
    id: ledger.id,
    kind: ledger.kind,
    amount: ledger.amount,
    key: ledger.key,
    reference: ledger.reference,
    description: ledger.description,
    createdAt: ledger.createdAt,
    code: rechargeCodes.masked,
    taskTitle: sql<string | null>`(SELECT ${title} FROM ${table} WHERE ${id} = ${ledger.reference})`,
  };
}

type Row = Pick<
  typeof ledger.$inferSelect,
  "id" | "kind" | "amount" | "key" | "reference" | "description" | "createdAt"
> & { code: string | null; taskTitle: string | null };

/** A row of the ledger as a movement. */
export const movementOf = (row: Row): Movement => ({
  id: row.kind === "recharge" ? row.key.replace(/^recharge:/, "") : `led_${row.id}`,
  type: row.kind,
  amount: units(row.amount),
  code: row.code,
  task_id: isTaskStep(row.kind) ? row.reference : null,
  task_title: row.taskTitle,
  description: row.description,
  created_at: new Date(row.createdAt).toISOString(),
});

const isTaskStep = (kind: Movement["type"]) => kind !== "recharge" && kind !== "adjustment";

import { sql, type SQL } from "drizzle-orm";
import { ledger, balances, rechargeCodes, redemptions } from "../../../schema/billing.ts";
import { requireAdmin } from "../../accounts/sign-in/sessions.ts";
import type { Ctx } from "../../core/context.ts";
import { tellOf } from "../../webhooks/events/tell-of.ts";
import { billedTasks } from "../billed-tasks.ts";
import { ledgerRules } from "./ledger-rules.sql.ts";
import { noteLedgerCheck } from "./metrics.ts";
import { units } from "../money.ts";

/** Problems that one answer names. More would not help to find the cause. */
const MOST_PROBLEMS = 100;

type Rule = keyof ReturnType<typeof ledgerRules>;

/** What was looked at. */
export type Checked = {
  entries: number;
  balances: number;
  holds: number;
  charges: number;
  redemptions: number;
  codes: number;
  tasks: number;
};

/**
 * One thing that does not add up. `expected` and `found` are in units, or counts where entries or uses are counted; null
 * where there is nothing.
 */
export type LedgerProblem = { rule: Rule; subject: string; expected: number | null; found: number | null };

export type LedgerCheck = { ok: boolean; checked: Checked; problems: LedgerProblem[] };

const counts = () => sql`SELECT
  (SELECT count(*) FROM ${ledger}) AS entries,
  (SELECT count(*) FROM ${balances}) AS balances,
  (SELECT count(*) FROM ${ledger} WHERE ${ledger.kind} = 'hold') AS holds,
  (SELECT count(*) FROM ${ledger} WHERE ${ledger.kind} = 'charge') AS charges,
  (SELECT count(*) FROM ${redemptions}) AS redemptions,
  (SELECT count(*) FROM ${rechargeCodes}) AS codes,
  (SELECT count(*) FROM ${billedTasks().table}) AS tasks`;

/** Recomputes all money from the ledger, at one moment, and says whether it adds up; at most 100 problems. */
export async function checkLedger(ctx: Ctx): Promise<LedgerCheck> {
  if (ctx.actor.type !== "system") requireAdmin(ctx);
  const rules = Object.entries(ledgerRules(billedTasks())) as [Rule, SQL][];
  const answers = await ctx.deps.db.readBatch((q) => ({
    counted: q.all<Checked>(counts()),
    broken: Object.fromEntries(
      rules.map(([rule, breaking]) => [rule, q.all<Row>(sql`${breaking} LIMIT ${MOST_PROBLEMS}`)]),
    ),
  }));
  const [checked] = answers.counted;
  if (!checked) throw new Error("the ledger was not counted");
  const problems = rules.flatMap(([rule]) => (answers.broken[rule] ?? []).map((row) => problem(rule, row)));
  return { ok: problems.length === 0, checked, problems: problems.slice(0, MOST_PROBLEMS) };
}

/** The daily check: what does not add up is an error in the log and in the metrics, and webhooks are told. */
export async function watchLedger(ctx: Ctx): Promise<void> {
  const { ok, checked, problems } = await checkLedger(ctx);
  if (ok) ctx.deps.log.info("ledger checked", checked);
  else ctx.deps.log.error("the ledger does not add up", { ...checked, problems });
  await ctx.deps.db.write((q) => ({
    noted: noteLedgerCheck(ctx, q, problems.length),
    ...(!ok && { told: tellOf(ctx, q, { type: "ledger.mismatch", data: { problems } }) }),
  }));
}

type Row = { subject: string; expected: number | null; found: number | null };

/** The rules whose figures are counts, not amounts. */
const counting: ReadonlySet<Rule> = new Set<Rule>(["user_entries", "uses"]);

function problem(rule: Rule, { subject, expected, found }: Row): LedgerProblem {
  const inItsUnit = (value: number | null) => (value === null || counting.has(rule) ? value : units(value));
  return { rule, subject, expected: inItsUnit(expected), found: inItsUnit(found) };
}

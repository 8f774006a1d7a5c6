import { z } from "zod";
import { ledgerKinds } from "../../schema/billing.ts";
import { taskEnvelope, type Envelope } from "../core/http/envelopes.ts";
import { describeErrors } from "../core/http/router.ts";
import { codeStatuses } from "./codes.ts";

/** The tasks' form of errors. Too many attempts are attempts at codes here, not at passwords. */
export const billingEnvelope: Envelope = {
  ...taskEnvelope,
  messages: { TOO_MANY_ATTEMPTS: "recharge.tooMany" },
};
export const billingErrors = describeErrors(taskEnvelope);

/** Longer than any id that was ever given out. */
const MAX_ID = 100;

export const codeIdParam = z.object({
  id: z.string().max(MAX_ID).meta({ example: "rcc_01k8f3q5zj7m0c2w9x4e6t8r1a" }),
});
export const batchId = z.string().max(MAX_ID).meta({ example: "rcb_01k8f3q5zj7m0c2w9x4e6t8r1a" });
export const codeStatus = z.enum(codeStatuses);

const moment = z.iso.datetime();
const money = z.number().meta({ example: 100.5 });

export const newCodesSchema = z
  .object({
    batch_id: batchId,
    codes: z.array(
      z.object({
        id: z.string(),
        code: z.string().meta({ example: "OWL-ABCD-2345-EFGH" }),
        amount: money,
        expires_at: moment.nullable(),
      }),
    ),
    total_generated: z.int(),
    total_amount: money.meta({ description: "When each code is used once" }),
  })
  .meta({ id: "NewRechargeCodes" });

export const codeSchema = z
  .object({
    id: z.string(),
    code: z.string().meta({ description: "Masked", example: "OWL-****-****-EFGH" }),
    batch_id: batchId,
    amount: money,
    description: z.string(),
    max_uses: z.int(),
    used_count: z.int(),
    status: codeStatus,
    expires_at: moment.nullable(),
    created_at: moment,
  })
  .meta({ id: "RechargeCode" });

export const redemptionSchema = z
  .object({ amount: money, new_balance: money, recharge_record_id: z.string() })
  .meta({ id: "Redemption" });

export const recordSchema = z
  .object({
    id: z.string(),
    type: z.enum(ledgerKinds),
    amount: money.meta({ description: "Negative: out of the balance" }),
    balance_after: money,
    code: z.string().nullable().meta({ description: "Masked", example: "OWL-****-****-EFGH" }),
    task_id: z.string().nullable(),
    task_title: z.string().nullable().meta({ description: "As it is now; null for a task that is deleted" }),
    description: z.string(),
    created_at: moment,
  })
  .meta({ id: "MoneyRecord" });

export const movementSchema = recordSchema
  .omit({ balance_after: true })
  .extend({ user_id: z.string(), username: z.string() })
  .meta({ id: "MoneyMovement" });

export const statisticsSchema = z
  .object({
    total_tasks: z.int(),
    completed_tasks: z.int(),
    failed_tasks: z.int(),
    total_cost: money,
    current_balance: money,
    price_per_minute: money.meta({ description: "What a minute of a task costs that is made now" }),
    last_task_date: moment.nullable(),
  })
  .meta({ id: "UserStatistics" });

export const ledgerCheckSchema = z
  .object({
    ok: z.boolean(),
    checked: z.object({
      entries: z.int(),
      balances: z.int(),
      holds: z.int(),
      charges: z.int(),
      redemptions: z.int(),
      codes: z.int(),
      tasks: z.int(),
    }),
    problems: z
      .array(
        z.object({
          rule: z.string(),
          subject: z.string(),
          expected: z.number().nullable(),
          found: z.number().nullable(),
        }),
      )
      .meta({ description: "At most 100" }),
  })
  .meta({ id: "LedgerCheck" });

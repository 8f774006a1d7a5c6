import { z } from "zod";

const moment = z.iso.datetime();

/** A task that has ended. */
export const taskData = z
  .object({
    task_id: z.string(),
    title: z.string(),
    task_type: z.string(),
    user_id: z.string(),
    attempt: z.int().meta({ description: "How often it was given to a server" }),
    server_id: z.string().nullable(),
    cost: z.number().meta({ description: "What it was charged" }),
    error: z.string().nullable(),
    started_at: moment.nullable(),
  })
  .meta({ id: "TaskEvent" });

export const storageData = z.object({
  percent: z.int().meta({ description: "The share of the quota that is used up now: 80 or 95" }),
  used_bytes: z.int(),
  quota_bytes: z.int(),
});

/** What the daily check of the ledger found; amounts in units. */
export const ledgerData = z.object({
  problems: z.array(
    z.object({
      rule: z.string(),
      subject: z.string(),
      expected: z.number().nullable(),
      found: z.number().nullable(),
    }),
  ),
});

export const agentData = z.object({
  server_id: z.string(),
  name: z.string(),
  last_seen_at: moment,
  running_tasks: z.int().meta({ description: "Tasks that it had; others get them when their leases end" }),
});

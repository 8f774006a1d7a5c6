import { z } from "zod";
import { taskStates } from "../../../schema/compute/tasks.ts";
import { taskEnvelope } from "../../core/http/envelopes.ts";
import { describeErrors } from "../../core/http/router.ts";
import { pagingQuery } from "../../core/http/paging.ts";
import { textKey } from "../../core/locale/locale.ts";
import { title, wellFormed } from "../../kit/text.ts";
import { taskConfig } from "./task-config.ts";
import { waitingReasons } from "./waiting-for.ts";
import { sortFields } from "./list-tasks.ts";

export const taskErrors = describeErrors(taskEnvelope);

/** The text of a description: more belongs into files. */
const MAX_DESCRIPTION = 10_000;
/** Minutes: thirty days. */
const MAX_DURATION = 43_200;
/** Longer than any id. */
const MAX_ID = 100;

const taskType = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,64}$/, textKey("task.type"))
  .meta({ example: "video_analysis", description: "What an agent's own configuration names" });

const status = z.enum(taskStates);

/** What is absent, or null, has this value. */
const orElse = <T extends z.ZodType>(schema: T, value: z.output<T>) =>
  schema.nullish().transform((given) => given ?? value);

export const newTask = z
  .object({
    title: title(1, 200),
    description: wellFormed(0, MAX_DESCRIPTION)
      .nullish()
      .transform((text) => text ?? ""),
    task_type: taskType,
    priority: orElse(z.int().min(0).max(10), 0).meta({ description: "0 to 10, higher first; 0 if absent" }),
    estimated_duration: orElse(z.int().min(1).max(MAX_DURATION), 30).meta({
      description: "Minutes; 30 if absent",
    }),
    config: orElse(taskConfig, {}),
  })
  .meta({ id: "NewTask" });

export const idempotencyHeader = z.object({
  "idempotency-key": z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: "Same key and body: same task" }),
});

export const taskParam = z.object({
  task_id: z.string().min(1).max(MAX_ID).meta({ example: "tsk_01k8f3q5zj7m0c2w9x4e6t8r1a" }),
});

export const taskQuery = pagingQuery().extend({
  status: status.optional(),
  task_type: taskType.optional(),
  sort_by: z.enum(sortFields).default("created_at"),
  sort_order: z.enum(["asc", "desc"]).default("desc"),
  user_id: z
    .string()
    .min(1)
    .max(MAX_ID)
    .optional()
    .meta({ description: "For administrators: somebody's tasks, or `all`" }),
});

const moment = z.iso.datetime();

export const taskSummary = z
  .object({
    id: z.string(),
    user_id: z.string(),
    username: z.string().meta({ description: "The owner's, as it is now" }),
    title: z.string(),
    description: z.string(),
    task_type: z.string(),
    status,
    waiting_for: z
      .object({
        reason: z.enum(waitingReasons),
        message: z
          .string()
          .meta({ description: "The same in a sentence, in the language of Accept-Language" }),
      })
      .nullable()
      .meta({ description: "Why it is pending; null in any other state" }),
    progress: z.number().meta({ description: "Percent" }),
    priority: z.int(),
    gpu_server_id: z.string().nullable(),
    gpu_server_name: z.string().nullable().meta({ description: "As it is now" }),
    error_message: z.string().nullable().meta({
      description: "In the language of Accept-Language, as far as the words are not the command's own",
    }),
    cost: z.number().meta({ description: "Charged since it was started last, with at most two decimals" }),
    total_cost: z
      .number()
      .meta({ description: "Charged in all, since it was made: a task that was started again costs anew" }),
    estimated_duration: z.int().meta({ description: "Minutes" }),
    attempt: z.int().meta({ description: "How often it was given to a server" }),
    started_at: moment.nullable(),
    completed_at: moment.nullable(),
    created_at: moment,
    updated_at: moment,
  })
  .meta({ id: "TaskSummary" });

export const taskSchema = taskSummary
  .extend({
    config: z.record(z.string(), z.unknown()),
    result: z.record(z.string(), z.unknown()),
    outputs: z
      .array(
        z.object({
          file_name: z.string(),
          size: z.int().meta({ description: "Bytes" }),
          sha256: z.string(),
          download_count: z.int(),
          download_url: z
            .string()
            .meta({ description: "Leads to the file, good for six hours and without signing in" }),
        }),
      )
      .meta({ description: "Files of the attempt that completed" }),
  })
  .meta({ id: "Task" });

export const taskLogLine = z
  .object({
    attempt: z.int(),
    seq: z.int(),
    timestamp: moment,
    level: z.string(),
    message: z.string(),
  })
  .meta({ id: "TaskLogLine" });

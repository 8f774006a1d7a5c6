import { z } from "zod";
import { logLevels } from "../../../schema/core.ts";
import { textKey } from "../../core/locale/locale.ts";
import { logText } from "../../kit/text.ts";
import { agentReport, MAX_TASKS } from "./agent-reports.ts";
import { isDeeperThan, MAX_JSON_DEPTH } from "../tasks/task-config.ts";

/** The agent's own token. */
export const agentSecurity: Record<string, string[]>[] = [{ AgentToken: [] }];

/** Events of one report; an agent with more sends several. */
const MAX_EVENTS = 500;
/** JSON of a result in bytes; larger ones belong into output files. */
const MAX_RESULT_BYTES = 64 * 1024;
const MESSAGE_LENGTH = 4000;

export const heartbeat = agentReport
  .extend({
    want: z
      .int()
      .min(0)
      .max(MAX_TASKS)
      .default(1)
      .meta({ description: "Tasks that the agent would take now" }),
  })
  .meta({ id: "AgentHeartbeat" });

const text = logText(MESSAGE_LENGTH);
const seq = z
  .int()
  .min(0)
  .meta({ description: "Numbers the events of an attempt; a log line that comes again is kept once" });
const at = z.iso.datetime({ offset: true }).optional();

const levels = new Map<string, (typeof logLevels)[number]>([
  ...logLevels.map((level) => [level, level] as const),
  ["WARN", "WARNING"],
  ["FATAL", "CRITICAL"],
]);
const level = z
  .string()
  .max(20)
  .default("INFO")
  .transform((value) => levels.get(value.toUpperCase()) ?? "INFO")
  .meta({ description: "DEBUG, INFO, WARNING, ERROR, CRITICAL; anything else is INFO" });

const jsonBytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

const result = z
  .record(z.string(), z.unknown())
  .default({})
  .refine((value) => !isDeeperThan(value, MAX_JSON_DEPTH), {
    message: textKey("task.configDepth"),
    abort: true,
  })
  .refine((value) => jsonBytes(value) <= MAX_RESULT_BYTES, textKey("task.configSize"));

const event = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("progress"),
    seq,
    at,
    progress: z.number().transform((value) => Math.min(Math.max(value, 0), 100)),
    message: text.optional(),
  }),
  z.object({ type: z.literal("log"), seq, at, level, message: text }),
  z.object({ type: z.literal("completed"), seq, at, result }),
  z.object({ type: z.literal("failed"), seq, at, error: text.default("") }),
]);

export const eventReport = z
  .object({ attempt: z.int().min(1), events: z.array(event).max(MAX_EVENTS) })
  .meta({ id: "AgentEvents" });

const attempt = z.object({ task_id: z.string(), attempt: z.int() });

export const heartbeatAnswer = z
  .object({
    cancel: z
      .array(attempt)
      .meta({ description: "Reported attempts to be stopped: they are not this agent's" }),
    assign: z.array(
      attempt.extend({
        task_type: z.string(),
        config: z.record(z.string(), z.unknown()),
        timeout_seconds: z.int(),
        lease_seconds: z.int(),
        callback_url: z.string().meta({ description: "Where its events go" }),
        inputs: z.array(
          z.object({ file_name: z.string(), size: z.int(), sha256: z.string(), url: z.string() }),
        ),
        output_upload: z.object({ url: z.string(), kind: z.literal("output"), max_bytes: z.int() }),
      }),
    ),
    next_seconds: z.number().meta({ description: "When to come again; sooner, if a task ends here" }),
  })
  .meta({ id: "AgentOrders" });

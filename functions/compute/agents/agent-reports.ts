import { z } from "zod";
import { cutText, logText } from "../../kit/text.ts";

/** GPUs of one machine; the largest have 16. */
const MAX_GPUS = 64;
/** Tasks that one machine can run, as many as `max_concurrent_tasks` can say. */
export const MAX_TASKS = 1000;
/** Types of tasks that one agent knows. */
const MAX_TASK_TYPES = 500;
/** GB; more than any machine has. */
const MAX_MEMORY_GB = 1_000_000;
const MAX_CELSIUS = 1000;

const clamped = (most: number) => z.number().transform((value) => Math.min(Math.max(value, 0), most));
const percent = clamped(100);
const gigabytes = clamped(MAX_MEMORY_GB);

const gpu = z.object({
  gpu_id: z.int().min(0).max(1_000_000),
  name: cutText(100).default(""),
  usage: percent.default(0),
  memory_used: gigabytes.default(0),
  memory_total: gigabytes.default(0),
  temperature: z
    .number()
    .transform((value) => Math.min(value, MAX_CELSIUS))
    .nullish()
    .transform((value) => value ?? undefined),
});

const runningTask = z.object({
  task_id: z.string().min(1).max(64),
  attempt: z.int().min(1),
  progress: percent.default(0),
  message: logText(500).optional(),
});

/** What an agent reports of its machine. Values out of range are clamped; wrong types are refused. */
export const agentReport = z.object({
  name: cutText(100).optional(),
  version: cutText(50).optional(),
  cpu_usage: percent.default(0).meta({ description: "Percent, as all usage here" }),
  memory_usage: percent.default(0),
  total_memory: gigabytes.optional().meta({ description: "GB, as all memory here" }),
  used_memory: gigabytes.optional(),
  gpus: z.array(gpu).max(MAX_GPUS).default([]),
  running_tasks: z
    .array(runningTask)
    .max(MAX_TASKS)
    .default([])
    .meta({ description: "Those too that have ended here but whose end is not acknowledged yet" }),
  task_types: z
    .array(z.string().max(64))
    .max(MAX_TASK_TYPES)
    .optional()
    .meta({ description: "The only types of tasks it can run; left out, it can run any" }),
  max_concurrent_tasks: z.int().min(0).max(MAX_TASKS).optional(),
  timestamp: z.unknown().optional(),
});

export type AgentReport = z.infer<typeof agentReport>;

/** The machine's memory in GB as the agent reports it, or else the sum of its GPUs' memory. */
export function memoryOf(report: AgentReport): { total: number; used: number } {
  const sum = (pick: (one: AgentReport["gpus"][number]) => number) =>
    report.gpus.reduce((total, one) => total + pick(one), 0);
  return {
    total: report.total_memory ?? sum((one) => one.memory_total),
    used: report.used_memory ?? sum((one) => one.memory_used),
  };
}

/** The memory in GB that one task can have: the largest GPU's, or the machine's where there is no GPU. */
export function taskMemoryOf(report: AgentReport): number {
  if (report.gpus.length === 0) return report.total_memory ?? 0;
  return Math.max(...report.gpus.map((one) => one.memory_total));
}

/** Percent, over all GPUs. */
export function gpuUsageOf(gpus: readonly { usage: number }[]): number {
  if (gpus.length === 0) return 0;
  return gpus.reduce((total, { usage }) => total + usage, 0) / gpus.length;
}

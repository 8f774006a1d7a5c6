import { z } from "zod";
import { title } from "../../kit/text.ts";
import { MAX_TASKS } from "../agents/agent-reports.ts";

const MAX_NAME = 100;
const MAX_URL = 2048;
/** Longer than any id. */
const MAX_ID = 100;

const name = title(1, MAX_NAME).meta({ example: "GPU-Server-01" });
const agentUrl = z
  .url({ protocol: /^https?$/ })
  .max(MAX_URL)
  .nullish()
  .meta({
    description:
      "Where the agent listens: https and a public name, unless the deployment allows others. Null where it only pulls.",
    example: "https://gpu-01.example.com",
  });
const maxConcurrentTasks = z.int().min(1).max(MAX_TASKS);

export const newServer = z
  .object({ name, agent_url: agentUrl, max_concurrent_tasks: maxConcurrentTasks.default(1) })
  .meta({ id: "NewGpuServer" });

export const serverChanges = z
  .object({
    name: name.optional(),
    agent_url: agentUrl,
    max_concurrent_tasks: maxConcurrentTasks.optional(),
    is_active: z.boolean().optional().meta({ description: "False: keeps what it runs, gets nothing new" }),
  })
  .meta({ id: "GpuServerChanges" });

export const serverParam = z.object({
  server_id: z.string().min(1).max(MAX_ID).meta({ example: "gpu_01k8f3q5zj7m0c2w9x4e6t8r1a" }),
});

const percent = z.number().meta({ description: "Percent" });
const gigabytes = z.number().meta({ description: "GB" });
const status = z
  .enum(["online", "offline"])
  .meta({ id: "GpuServerState", description: "Online while its agent was heard of within three polls" });
const moment = z.iso.datetime();

export const listedServer = z
  .object({
    id: z.string(),
    name: z.string(),
    host: z.string().meta({ description: "The agent's host, or the address that its heartbeats come from" }),
    status,
    is_active: z.boolean(),
    current_tasks: z.int(),
    max_concurrent_tasks: z.int(),
    total_memory: gigabytes,
    used_memory: gigabytes,
    gpu_count: z.int(),
    task_types: z
      .array(z.string())
      .nullable()
      .meta({ description: "What its agent runs, as it last said; null: it did not say, and gets any" }),
    cpu_usage: percent,
    memory_usage: percent,
    last_heartbeat: moment.nullable(),
  })
  .meta({ id: "GpuServerSummary" });

const gpu = z
  .object({
    gpu_id: z.int(),
    name: z.string(),
    usage: percent,
    memory_used: gigabytes,
    memory_total: gigabytes,
    temperature: z.number().nullable().meta({ description: "Degrees Celsius" }),
  })
  .meta({ id: "Gpu" });

export const gpuServer = listedServer
  .extend({
    agent_url: z.string().nullable().meta({ description: "For administrators" }),
    agent_version: z.string(),
    gpus: z.array(gpu),
    last_error: z
      .string()
      .nullable()
      .meta({ description: "For administrators: what was wrong with the last call of its agent" }),
    created_at: moment,
    updated_at: moment,
  })
  .meta({ id: "GpuServer" });

const token = z.string().meta({ description: "For the agent; shown this once" });

export const createdServer = gpuServer.extend({ agent_token: token }).meta({ id: "CreatedGpuServer" });

export const rotatedToken = z
  .object({ id: z.string(), agent_token: token })
  .meta({ id: "RotatedAgentToken" });

export const liveStatus = z
  .object({
    server_id: z.string(),
    status,
    cpu_usage: percent,
    memory_usage: percent,
    gpu_usage: z.array(gpu),
    running_tasks: z.array(z.object({ task_id: z.string(), progress: percent })),
    timestamp: moment.meta({ description: "Of the agent's last report" }),
  })
  .meta({ id: "GpuServerStatus" });

export const reading = z
  .object({
    timestamp: moment,
    cpu_usage: percent,
    memory_usage: percent,
    gpu_usage: percent.meta({ description: "Percent, over all GPUs" }),
    gpu_memory_used: gigabytes,
    running_tasks: z.int(),
  })
  .meta({ id: "GpuReading" });

export const overview = z
  .object({
    total_servers: z.int(),
    online_servers: z.int(),
    offline_servers: z.int(),
    total_gpus: z.int(),
    busy_gpus: z.int().meta({ description: "Of servers that are online" }),
    idle_gpus: z.int().meta({ description: "The others" }),
    total_running_tasks: z.int(),
    queue_length: z.int().meta({ description: "Pending tasks" }),
    average_gpu_usage: percent,
    total_memory: gigabytes,
    used_memory: gigabytes,
  })
  .meta({ id: "GpuClusterOverview" });

import { gpuServers } from "../../../schema/compute/servers.ts";
import { requireUser } from "../../accounts/sign-in/sessions.ts";
import type { Ctx } from "../../core/context.ts";
import { gpuUsageOf } from "../agents/agent-reports.ts";
import { countQueue } from "./queue-counts.sql.ts";
import { statusOf } from "./server-status.ts";

/** Percent from which on a GPU counts as busy: drivers show a little for idle ones. */
const BUSY_USAGE = 5;

/** The figures of all servers together. Their last reports count; how busy they are, only while they are online. */
export async function getClusterOverview(ctx: Ctx) {
  requireUser(ctx.actor);
  const { db, config, clock } = ctx.deps;
  const { servers, queue } = await db.readBatch((q) => ({
    servers: q
      .select({
        lastSeenAt: gpuServers.lastSeenAt,
        gpus: gpuServers.gpus,
        totalMemory: gpuServers.totalMemory,
        usedMemory: gpuServers.usedMemory,
      })
      .from(gpuServers),
    queue: countQueue(q),
  }));
  const [counts] = queue;
  const now = clock();
  const online = servers.filter((server) => statusOf(config, server.lastSeenAt, now) === "online");
  const gpus = online.flatMap((server) => server.gpus);
  const totalGpus = sum(servers, (server) => server.gpus.length);
  const busyGpus = gpus.filter(({ usage }) => usage >= BUSY_USAGE).length;
  return {
    total_servers: servers.length,
    online_servers: online.length,
    offline_servers: servers.length - online.length,
    total_gpus: totalGpus,
    busy_gpus: busyGpus,
    idle_gpus: totalGpus - busyGpus,
    total_running_tasks: counts?.running ?? 0,
    queue_length: counts?.pending ?? 0,
    average_gpu_usage: rounded(gpuUsageOf(gpus)),
    total_memory: rounded(sum(servers, (server) => server.totalMemory)),
    used_memory: rounded(sum(online, (server) => server.usedMemory)),
  };
}

const sum = <T>(items: readonly T[], pick: (item: T) => number) =>
  items.reduce((total, item) => total + pick(item), 0);

const rounded = (value: number) => Math.round(value * 100) / 100;

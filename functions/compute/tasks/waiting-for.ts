import type { tasks } from "../../../schema/compute/tasks.ts";
import type { Ctx } from "../../core/context.ts";
import { message } from "../../core/locale/locale.ts";
import { onlineSince } from "../servers/server-status.ts";
import type { selectTakers } from "./takers.sql.ts";

export type Taker = Awaited<ReturnType<typeof selectTakers>>[number];

type Row = typeof tasks.$inferSelect;
type Needs = Pick<Row, "taskType" | "needMemory" | "needGpus" | "needGpuName">;

/** Why a task may wait, by what its servers lack. The later a reason stands, the less they lack. */
export const waitingReasons = [
  "no_server",
  "no_enabled_server",
  "no_online_server",
  "no_server_for_type",
  "no_server_with_requirements",
  "servers_full",
  "queue",
] as const;

type WaitingReason = (typeof waitingReasons)[number];

/** Why a pending task waits, as a word for clients and as a sentence; null for a task that is not pending. */
export function waitingFor(ctx: Ctx, task: Needs & Pick<Row, "status">, takers: readonly Taker[]) {
  if (task.status !== "pending") return null;
  const reason = waitingReason(task, takers, onlineSince(ctx.deps.config, ctx.deps.clock()));
  return { reason, message: message(ctx.locale, `task.waiting.${reason}`, { type: task.taskType }) };
}

/**
 * Why no server has taken a task. Servers must meet the same conditions as for claims.
 * @param seenSince servers seen after this are online; milliseconds since 1970
 */
function waitingReason(task: Needs, takers: readonly Taker[], seenSince: number): WaitingReason {
  const conditions: [WaitingReason, (taker: Taker) => boolean][] = [
    ["no_enabled_server", ({ isActive }) => isActive],
    ["no_online_server", ({ lastSeenAt }) => lastSeenAt !== null && lastSeenAt > seenSince],
    ["no_server_for_type", ({ taskTypes }) => taskTypes === null || taskTypes.includes(task.taskType)],
    ["no_server_with_requirements", (taker) => hasRequirements(taker, task)],
    ["servers_full", ({ room }) => room > 0],
  ];
  if (takers.length === 0) return "no_server";
  let left = takers;
  for (const [reason, holds] of conditions) {
    left = left.filter(holds);
    if (left.length === 0) return reason;
  }
  return "queue";
}

function hasRequirements(
  { taskMemory, gpuCount, gpus }: Taker,
  { needMemory, needGpus, needGpuName }: Needs,
): boolean {
  if (needMemory > taskMemory || needGpus > gpuCount) return false;
  return needGpuName === null || gpus.some(({ name }) => lower(name).includes(lower(needGpuName)));
}

/** Lower case as SQLite makes it: of ASCII letters alone. */
const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

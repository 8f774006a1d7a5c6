import { and, eq, sql, type SQL } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { taskLogs, taskRuns, tasks } from "../../../schema/compute/tasks.ts";
import type { logLevels } from "../../../schema/core.ts";
import type { Ctx } from "../../core/context.ts";
import type { Query, Statement } from "../../core/database/database.ts";
import { AppError } from "../../core/errors.ts";
import { dispatchSoon } from "./dispatch.ts";
import { concludeTasks, endTasks, meteredCost, type Ending } from "../queue/endings.ts";

/** Who moves the money of tasks that agents end. */
const ACTOR = "agent";

export type AgentEvent = { seq: number; at?: string | undefined } & (
  | { type: "progress"; progress: number; message?: string | undefined }
  | { type: "log"; level: (typeof logLevels)[number]; message: string }
  | { type: "completed"; result: Record<string, unknown> }
  | { type: "failed"; error: string }
);

type Final = Extract<AgentEvent, { type: "completed" | "failed" }>;

type Report = { tokenHash: string; taskId: string; attempt: number; events: readonly AgentEvent[] };

/**
 * Takes what an attempt reports: logs, each number once; progress; its end, with the money that goes with it. Repeating
 * a report changes nothing. One round trip.
 * @throws AppError INVALID_AGENT_TOKEN; TASK_NOT_FOUND for a task that this server never had; STALE_ATTEMPT for an attempt
 * that is not the task's any more, or ended otherwise.
 */
export async function takeEvents(ctx: Ctx, report: Report): Promise<void> {
  const now = ctx.deps.clock();
  const { tokenHash, taskId, attempt, events } = report;
  const serverId = sql`(SELECT id FROM gpu_servers WHERE token_hash = ${tokenHash})`;
  const current = sql`id = ${taskId} AND attempt = ${attempt} AND status = 'running' AND gpu_server_id = ${serverId}`;
  const final = finalOf(events);
  const [[found], taken] = await ctx.deps.db.write((q) => [
    attemptState(q, report),
    final?.type === "completed"
      ? complete(q, current, final.result, now)
      : renew(ctx, q, current, events, now),
    keepLogs(q, report, serverId, now),
    ...(final ? endAttempt(q, report, current, final, now) : []),
  ]);
  if (!found) throw new AppError("INVALID_AGENT_TOKEN");
  if (taken.length > 0) {
    if (final) dispatchSoon(ctx);
    return;
  }
  if (!found.isKnown) throw new AppError("TASK_NOT_FOUND");
  const endedItself = found.outcome === "completed" || found.outcome === "failed";
  if (!endedItself || (final && final.type !== found.outcome)) throw new AppError("STALE_ATTEMPT");
}

/** The end that came first, should there be several. */
function finalOf(events: readonly AgentEvent[]): Final | undefined {
  const finals = events.filter((event) => event.type === "completed" || event.type === "failed");
  return finals.toSorted((a, b) => a.seq - b.seq)[0];
}

/** As it was before the report: whether the server had this task at all, and how this attempt ended there, if it did. */
const attemptState = (query: Query, { tokenHash, taskId, attempt }: Report) =>
  query
    .select({
      isKnown: sql<number>`EXISTS (SELECT 1 FROM task_runs AS run WHERE run.task_id = ${taskId} AND run.server_id = gpu_servers.id)`,
      outcome: taskRuns.outcome,
    })
    .from(gpuServers)
    .leftJoin(
      taskRuns,
      and(eq(taskRuns.serverId, gpuServers.id), eq(taskRuns.taskId, taskId), eq(taskRuns.attempt, attempt)),
    )
    .where(eq(gpuServers.tokenHash, tokenHash));

function renew(ctx: Ctx, query: Query, current: SQL, events: readonly AgentEvent[], now: number) {
  const progress = Math.max(0, ...events.map((event) => (event.type === "progress" ? event.progress : 0)));
  return query
    .update(tasks)
    .set({
      leaseUntil: now + 1000 * ctx.deps.config.LEASE_SECONDS,
      progress: sql`max(${tasks.progress}, ${progress})`,
      updatedAt: sql`CASE WHEN ${progress} > ${tasks.progress} THEN ${now} ELSE ${tasks.updatedAt} END`,
    })
    .where(current)
    .returning({ id: tasks.id });
}

/**
 * Of an attempt that runs, or ended by itself: its last lines may arrive after its end. None is older than its attempt,
 * whatever the agent's clock says: days that are archived stay as they are.
 */
function keepLogs(query: Query, { taskId, attempt, events }: Report, serverId: SQL, now: number): Statement {
  const lines = events.flatMap((event) => {
    if (event.type !== "log" && (event.type !== "progress" || !event.message)) return [];
    const at = Math.min(now, event.at === undefined ? now : Date.parse(event.at));
    return [[event.seq, at, event.type === "log" ? event.level : "INFO", event.message]];
  });
  return query
    .insert(taskLogs)
    .select(
      sql`SELECT run.task_id, run.attempt, json_extract(value, '$[0]'), max(run.started_at, json_extract(value, '$[1]')),
        json_extract(value, '$[2]'), json_extract(value, '$[3]')
      FROM task_runs AS run CROSS JOIN json_each(${JSON.stringify(lines)})
      WHERE run.task_id = ${taskId} AND run.attempt = ${attempt} AND run.server_id = ${serverId}
        AND (run.outcome IS NULL OR run.outcome IN ('completed', 'failed'))`,
    )
    .onConflictDoNothing();
}

/** In place of a renewal: a completed task's progress is known. */
function complete(query: Query, current: SQL, result: Record<string, unknown>, now: number) {
  const ending: Ending = { status: "completed", cost: meteredCost(now), progress: 100, result };
  return endTasks(query, current, ending, now).returning({ id: tasks.id });
}

/** What follows `complete`, or fails the attempt. */
function endAttempt(
  query: Query,
  { taskId, attempt }: Report,
  current: SQL,
  final: Final,
  now: number,
): Statement[] {
  const attemptOf = sql`id = ${taskId} AND attempt = ${attempt}`;
  const concluding = concludeTasks(query, attemptOf, final.type, ACTOR, now);
  if (final.type === "completed") return concluding;
  const ending: Ending = { status: "failed", cost: 0, errorMessage: final.error };
  return [endTasks(query, current, ending, now), ...concluding];
}

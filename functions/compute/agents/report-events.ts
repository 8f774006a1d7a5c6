import { eq, sql, type SQL } from "drizzle-orm";
import { gpuServers } from "../../../schema/compute/servers.ts";
import { tasks } from "../../../schema/compute/tasks.ts";
import type { logLevels } from "../../../schema/core.ts";
import type { Ctx } from "../../core/context.ts";
import type { Batch } from "../../core/database/batch.ts";
import type { Query } from "../../core/database/database.ts";
import { AppError } from "../../core/errors.ts";
import { tellOfEnding } from "../queue/ending-events.ts";
import { concludeTasks, endTasks, meteredCost, type Ending } from "../queue/endings.ts";
import { renewLease } from "../queue/leases.ts";
import { isRun, serverIdWhere, type TaskRun } from "../queue/runs.ts";
import { transitions } from "../queue/transitions.ts";
import { dispatchSoon } from "./dispatch.ts";
import { insertLogLines, type LogLine } from "./event-logs.sql.ts";
import { selectReportingServer } from "./reporting-server.sql.ts";

/** The name under which the ledger books what tasks cost that agents ended. */
const ACTOR = "agent";

export type AgentEvent = { seq: number; at?: string | undefined } & (
  | { type: "progress"; progress: number; message?: string | undefined }
  | { type: "log"; level: (typeof logLevels)[number]; message: string }
  | { type: "completed"; result: Record<string, unknown> }
  | { type: "failed"; error: string }
);

type FinalEvent = Extract<AgentEvent, { type: "completed" | "failed" }>;

type Report = TaskRun & { tokenHash: string; events: readonly AgentEvent[] };

/**
 * Records what an agent reports of a run: log lines, each number once; progress; its end, and the money that goes with it.
 * Repeating a report changes nothing. One round trip.
 * @throws AppError INVALID_AGENT_TOKEN; TASK_NOT_FOUND for a task that this server never had; STALE_ATTEMPT for a run that
 *   no longer belongs to the task, or that ended in another way.
 */
export async function reportEvents(ctx: Ctx, report: Report): Promise<void> {
  const now = ctx.deps.clock();
  const { tokenHash, events } = report;
  const serverId = serverIdWhere(eq(gpuServers.tokenHash, tokenHash));
  const current = sql`${isRun(report)} AND ${tasks.gpuServerId} = ${serverId}`;
  const final = firstFinal(events);
  const { servers, taken } = await ctx.deps.db.write((q) => ({
    servers: selectReportingServer(q, tokenHash, report),
    told: final && tellOfEnding(ctx, q, transitions[final.type], current, endingOf(final, now), now),
    taken:
      final?.type === "completed"
        ? complete(q, current, final, now)
        : renewLease(q, current, progressIn(events), now, now + 1000 * ctx.deps.config.LEASE_SECONDS),
    lines: insertLogLines(q, report, serverId, linesIn(events, now)),
    end: final && endRun(q, report, current, final, now),
  }));
  const [server] = servers;
  if (!server) throw new AppError("INVALID_AGENT_TOKEN");
  if (taken.length > 0) {
    if (final) dispatchSoon(ctx);
    return;
  }
  if (!server.hadTask) throw new AppError("TASK_NOT_FOUND");
  const endedItself = server.outcome === "completed" || server.outcome === "failed";
  if (!endedItself || (final && final.type !== server.outcome)) throw new AppError("STALE_ATTEMPT");
}

/** The first end in the report, should it hold several. */
function firstFinal(events: readonly AgentEvent[]): FinalEvent | undefined {
  const finals = events.filter((event) => event.type === "completed" || event.type === "failed");
  return finals.toSorted((a, b) => a.seq - b.seq)[0];
}

const progressIn = (events: readonly AgentEvent[]): number =>
  Math.max(0, ...events.map((event) => (event.type === "progress" ? event.progress : 0)));

const linesIn = (events: readonly AgentEvent[], now: number): LogLine[] =>
  events.flatMap((event): LogLine[] => {
    if (event.type !== "log" && event.type !== "progress") return [];
    const message = event.type === "log" ? event.message : event.message || undefined;
    if (message === undefined) return [];
    const at = Math.min(now, event.at === undefined ? now : Date.parse(event.at));
    return [[event.seq, at, event.type === "log" ? event.level : "INFO", message]];
  });

/** The statement that completes a run. It stands in the place of a renewal, and like one answers the task's id. */
const complete = (query: Query, current: SQL, final: FinalEvent, now: number) =>
  endTasks(query, transitions.completed, current, endingOf(final, now), now).returning({ id: tasks.id });

const endingOf = (final: FinalEvent, now: number): Ending =>
  final.type === "completed"
    ? { cost: meteredCost(now), progress: 100, result: final.result }
    : { cost: 0, errorMessage: final.error };

/** The statements that finish a run's end. A failed run ends here; a completed one has ended in an earlier statement. */
function endRun(query: Query, run: TaskRun, current: SQL, final: FinalEvent, now: number): Batch {
  const concluded = concludeTasks(query, isRun(run), final.type, ACTOR, now);
  if (final.type === "completed") return concluded;
  return { failed: endTasks(query, transitions.failed, current, endingOf(final, now), now), concluded };
}

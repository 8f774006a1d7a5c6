import { CliError } from "../cli/errors.ts";
import { wait } from "../cli/retry.ts";
import type { Log } from "./log.ts";
import { assignmentSchema, heartbeatAnswerSchema } from "./protocol.ts";
import type { Server } from "./server.ts";
import type { StatusReport } from "./status.ts";
import type { Supervisor } from "./supervisor.ts";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** A place that became free is offered at once, but never faster than this. */
const LEAST_WAIT_MS = 200;

/** Asks the server for work, and tells it how the work goes, until `signal` fires. */
export async function pull(
  server: Server,
  supervisor: Supervisor,
  status: () => Promise<StatusReport>,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  let patience = FIRST_WAIT_MS;
  let reached: boolean | undefined;
  let offer = () => {};
  supervisor.onFree(() => offer());
  while (!signal.aborted) {
    const offered = new Promise<void>((resolve) => {
      offer = resolve;
    });
    const outcome = await heartbeat(server, supervisor, status, log, signal);
    if (outcome.ok) {
      if (reached !== true) log("info", "server reached", { server: server.url });
      patience = FIRST_WAIT_MS;
      const next = wait(Math.max(LEAST_WAIT_MS, outcome.nextSeconds * 1000), signal);
      await Promise.race([next, offered.then(() => wait(LEAST_WAIT_MS, signal))]).catch(() => undefined);
    } else {
      if (reached !== false) log("warn", "server not reached", { server: server.url, why: outcome.why });
      await wait(Math.max(outcome.retryAfterMs, patience * (0.5 + Math.random())), signal).catch(
        () => undefined,
      );
      patience = Math.min(patience * 2, LONGEST_WAIT_MS);
    }
    reached = outcome.ok;
  }
}

type Outcome = { ok: true; nextSeconds: number } | { ok: false; why: string; retryAfterMs: number };

async function heartbeat(
  server: Server,
  supervisor: Supervisor,
  status: () => Promise<StatusReport>,
  log: Log,
  signal: AbortSignal,
): Promise<Outcome> {
  const want = Math.max(0, supervisor.free());
  try {
    const answer = await server.post("/api/gpu/agent/heartbeat", { ...(await status()), want }, signal);
    const retryAfterMs = (answer.retryAfterSeconds ?? 0) * 1000;
    if (answer.status !== 200) return { ok: false, why: `status ${answer.status}`, retryAfterMs };
    const read = heartbeatAnswerSchema.safeParse(answer.body);
    if (!read.success) return { ok: false, why: "an answer of another form", retryAfterMs };
    const { cancel, assign, next_seconds: nextSeconds } = read.data.data;
    for (const { task_id, attempt } of cancel) supervisor.cancel(task_id, attempt);
    for (const one of assign) {
      const assignment = assignmentSchema.safeParse(one);
      if (assignment.success) supervisor.accept(assignment.data);
      else
        log("error", "assignment not understood", {
          field: assignment.error.issues[0]?.path.join(".") ?? "",
        });
    }
    return { ok: true, nextSeconds };
  } catch (error) {
    if (signal.aborted) return { ok: false, why: "stopping", retryAfterMs: 0 };
    if (!(error instanceof CliError)) throw error;
    return { ok: false, why: error.message, retryAfterMs: 0 };
  }
}

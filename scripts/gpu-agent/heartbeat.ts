import { AgentError } from "./config.ts";
import type { Log } from "./log.ts";
import { assignmentSchema, heartbeatAnswerSchema } from "./protocol.ts";
import type { Server } from "./server.ts";
import type { StatusReport } from "./status.ts";
import type { Supervisor } from "./supervisor.ts";

/** Refusals that are not about the report. */
const PASSING = new Set(["INVALID_AGENT_TOKEN", "NOT_FOUND", "RATE_LIMIT_EXCEEDED", "SERVICE_UNAVAILABLE"]);

const WRONG_TOKEN =
  "--token: the Slipway server does not know this token; give the agent the one that was shown when its server was registered, or have an administrator rotate it. What is in work_dir is kept";

/** When the server wants to hear again, or, of a report that it did not take, how long it asks to be left alone. */
export type Outcome = { ok: true; nextMs: number } | { ok: false; waitMs: number };

/** One exchange with the server: it is told how the machine is, and answers what to do. */
export type Heartbeat = (want: number, signal: AbortSignal) => Promise<Outcome>;

/**
 * @returns a heartbeat that does what it is answered, and logs answers that it cannot use, each sort once. It throws an
 * AgentError where the token is refused before it was ever taken: waiting would not make it good.
 * @param onTaken called when the server has accepted the first heartbeat
 */
export function createHeartbeat(
  server: Server,
  supervisor: Supervisor,
  status: () => Promise<StatusReport>,
  log: Log,
  onTaken = () => {},
): Heartbeat {
  let fault: string | undefined;
  let wasTaken = false;

  function complain(why: string): void {
    if (why !== fault) log("error", "heartbeat failed", { why });
    fault = why;
  }

  return async (want, signal) => {
    const answer = await server.post("/api/gpu/agent/heartbeat", { ...(await status()), want }, signal);
    const waitMs = answer?.retryAfterMs ?? 0;
    if (answer?.status !== 200) {
      const code = answer?.code;
      if (code === "INVALID_AGENT_TOKEN" && !wasTaken) throw new AgentError(WRONG_TOKEN);
      if (code !== undefined && !PASSING.has(code)) complain(code);
      return { ok: false, waitMs };
    }
    if (!wasTaken) onTaken();
    wasTaken = true;
    const read = heartbeatAnswerSchema.safeParse(answer.body);
    if (!read.success) {
      complain("the server's answer is not that of a heartbeat");
      return { ok: false, waitMs };
    }
    fault = undefined;
    const { cancel, assign, next_seconds: nextSeconds } = read.data.data;
    for (const { task_id, attempt } of cancel) supervisor.cancel(task_id, attempt);
    for (const one of assign) {
      const assignment = assignmentSchema.safeParse(one);
      if (assignment.success) supervisor.accept(assignment.data, "asked");
      else complain(`assignment: ${assignment.error.issues[0]?.path.join(".") ?? ""}`);
    }
    return { ok: true, nextMs: nextSeconds * 1000 };
  };
}

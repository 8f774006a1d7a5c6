import { agentReport } from "../../functions/compute/agents/agent-reports.ts";
import { reportEvents, type AgentEvent } from "../../functions/compute/agents/report-events.ts";
import { reportHeartbeat, type NamedRun } from "../../functions/compute/agents/report-heartbeat.ts";
import { createServer } from "../../functions/compute/servers/create-server.ts";
import { tokenHash } from "../../functions/compute/servers/server-tokens.ts";
import type { Ctx, UserActor } from "../../functions/core/context.ts";
import { newId } from "../../functions/kit/ids.ts";
import type { Domain } from "../support/domain.ts";

export const MINUTE = 60_000;

const admin: UserActor = { type: "user", id: "usr_admin", username: "a", role: "admin", sessionKey: "s" };
export const asAdmin = (domain: Domain): Ctx => domain.isolate({}, admin);

type Machine = { gpus?: unknown[]; total_memory?: number; task_types?: string[] };

/** A registered server whose agent pulls, through the domain's own functions. */
export async function newAgent(domain: Domain, slots = 1, machine: Machine = {}) {
  const server = await createServer(asAdmin(domain), { name: newId("srv"), max_concurrent_tasks: slots });
  const hash = tokenHash(server.agent_token);
  const { ctx } = domain;
  return {
    id: server.id,
    token: server.agent_token,
    heartbeat(want: number, running: (NamedRun & { progress?: number })[] = []) {
      const report = agentReport.parse({ ...machine, running_tasks: running });
      return reportHeartbeat(ctx, { tokenHash: hash, report, want, address: "", origin: "http://here" });
    },
    report: ({ task_id, attempt }: NamedRun, ...events: AgentEvent[]) =>
      reportEvents(ctx, { tokenHash: hash, taskId: task_id, attempt, events }),
  };
}

export const completed = (result: Record<string, unknown> = {}): AgentEvent => ({
  type: "completed",
  seq: 1000,
  result,
});

/** Lets users have as many open tasks as a test needs. */
export const withoutLimit = (domain: Domain) =>
  domain.rows(
    "INSERT OR REPLACE INTO settings (name, value, updated_at, updated_by) VALUES ('max_concurrent_tasks_per_user', '10000', 0, 'test')",
  );

export type TaskRow = {
  id: string;
  status: string;
  attempt: number;
  losses: number;
  progress: number;
  cost: number;
  error_message: string | null;
  gpu_server_id: string | null;
};

export async function taskRow(domain: Domain, id: string): Promise<TaskRow> {
  const [row] = await domain.rows<TaskRow>({ sql: "SELECT * FROM tasks WHERE id = ?", args: [id] });
  if (!row) throw new Error("no such task");
  return row;
}

/** How the attempts of a task ended, in their order; null for one that runs. */
export const outcomes = async (domain: Domain, id: string) =>
  (
    await domain.rows<{ outcome: string | null }>({
      sql: "SELECT outcome FROM task_runs WHERE task_id = ? ORDER BY attempt",
      args: [id],
    })
  ).map(({ outcome }) => outcome);

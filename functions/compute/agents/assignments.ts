import type { Ctx } from "../../core/context.ts";
import { signInputsOf, type SignedFile } from "../files/task-files.ts";
import type { AssignedTask } from "../queue/assignments.ts";

/** A task as an agent is given it. */
export type Assignment = {
  task_id: string;
  attempt: number;
  task_type: string;
  config: Record<string, unknown>;
  /** What is left of the time that it may run. */
  timeout_seconds: number;
  /** How long the agent may be silent before the task goes to another. */
  lease_seconds: number;
  callback_url: string;
  inputs: SignedFile[];
  output_upload: { url: string; kind: "output"; max_bytes: number };
};

/**
 * Adds signed inputs to assignments. One round trip where a task has inputs, none otherwise.
 * @param origin what this server's addresses begin with; empty where they are relative to the address that the agent knows
 */
export async function assignmentsOf(
  ctx: Ctx,
  origin: string,
  assigned: readonly AssignedTask[],
): Promise<Assignment[]> {
  const { config, clock } = ctx.deps;
  const withInputs = assigned.filter(({ config: { inputs } }) => Array.isArray(inputs) && inputs.length > 0);
  const inputs = await signInputsOf(
    { deps: ctx.deps, origin: () => origin },
    withInputs.map(({ id }) => id),
  );
  const now = clock();
  return assigned.map((task) => ({
    task_id: task.id,
    attempt: task.attempt,
    task_type: task.taskType,
    config: task.config,
    timeout_seconds: Math.max(1, Math.ceil(((task.deadlineAt ?? now) - now) / 1000)),
    lease_seconds: config.LEASE_SECONDS,
    callback_url: `${origin}/api/gpu/agent/tasks/${task.id}/events`,
    inputs: inputs.get(task.id) ?? [],
    output_upload: { url: `${origin}/api/v1/uploads`, kind: "output", max_bytes: config.MAX_OUTPUT_BYTES },
  }));
}

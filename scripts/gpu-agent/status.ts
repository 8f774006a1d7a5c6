import { hostname } from "node:os";
import type { AgentConfig } from "./config.ts";
import type { Readings } from "./readings.ts";
import type { RunningTask, Supervisor } from "./supervisor.ts";

/** What the server is told of this machine. */
export type StatusReport = Readings & {
  name: string;
  version: string;
  running_tasks: RunningTask[];
  max_concurrent_tasks: number;
  /** Those whose commands can be started. */
  task_types: string[];
  timestamp: string;
};

export function createStatus(
  config: AgentConfig,
  version: string,
  types: string[],
  supervisor: Supervisor,
  readings: () => Promise<Readings>,
): () => Promise<StatusReport> {
  return async () => ({
    name: config.name ?? hostname(),
    version,
    ...(await readings()),
    running_tasks: supervisor.tasks(),
    max_concurrent_tasks: supervisor.isDraining() ? 0 : config.max_concurrent_tasks,
    task_types: types,
    timestamp: new Date().toISOString(),
  });
}

import { fileURLToPath } from "node:url";
import { runNode } from "./run-node.ts";

const AGENTS_PROCESS = fileURLToPath(new URL("agents-process.ts", import.meta.url));
const PROCESSES = 2;
/** How long the processes get to start before the agents begin. Milliseconds. */
const START_MS = 1000;

export type AgentsOptions = {
  /** The server's origin. */
  url: string;
  tokens: string[];
  /** Tasks that one agent runs at once. */
  slots: number;
  /** `follow`: agents behave. `grab`: agents take one task after the other at full speed and end none. */
  manner: "follow" | "grab";
  milliseconds: number;
  /** Each agent begins at a random moment within this time. */
  spreadMs: number;
  /** When the agents begin, in milliseconds since 1970. */
  startAt: number;
};

export type AgentsResult = {
  /** The id of each task and when an agent got it, in milliseconds since 1970. */
  assigned: [string, number][];
  heartbeats: number;
  statuses: Record<number, number>;
};

/** Runs agents to their end in separate processes. Rejects when any answer was neither 200 nor 503. */
export async function runAgents(options: Omit<AgentsOptions, "startAt">): Promise<AgentsResult> {
  const startAt = Date.now() + START_MS;
  const share = Math.ceil(options.tokens.length / PROCESSES);
  const results = await Promise.all(
    Array.from({ length: PROCESSES }, async (_, index) => {
      const tokens = options.tokens.slice(index * share, (index + 1) * share);
      const { output } = await runNode([AGENTS_PROCESS, JSON.stringify({ ...options, tokens, startAt })]);
      return JSON.parse(output) as AgentsResult;
    }),
  );
  const statuses: Record<string, number> = {};
  for (const result of results) {
    for (const [status, times] of Object.entries(result.statuses))
      statuses[status] = (statuses[status] ?? 0) + times;
  }
  if (Object.keys(statuses).some((status) => status !== "200" && status !== "503"))
    throw new Error(`agents were answered ${JSON.stringify(statuses)}`);
  return {
    assigned: results.flatMap(({ assigned }) => assigned),
    heartbeats: results.reduce((sum, { heartbeats }) => sum + heartbeats, 0),
    statuses,
  };
}

import { fileURLToPath } from "node:url";
import type { Request } from "./http-socket.ts";
import { runNode } from "./run-node.ts";

const OPEN_LOAD_PROCESS = fileURLToPath(new URL("open-load-process.ts", import.meta.url));

export type OpenLoadOptions = Request & {
  /** The server's origin. */
  url: string;
  /** How many different requests the path stands for; see http-socket.ts. */
  variants?: number;
  perSecond: number;
  seconds: number;
  /** The most requests under way. Others wait for a free connection, and their wait counts. */
  connections: number;
};

/** Times in milliseconds, one for each request. */
export type OpenLoadResult = {
  /** From the moment at which the request was due, not that at which it was sent, to its answer. */
  latencies: number[];
  /** How long after that moment the generator itself sent the request. */
  lateness: number[];
  /** How many answers had which status. Under 0: how many requests had their connection closed instead. */
  statuses: Record<number, number>;
  unanswered: number;
};

/** Sends requests at a fixed rate, whether answers come or not, from a process of its own on a core of its own. */
export async function openLoad(options: OpenLoadOptions): Promise<OpenLoadResult> {
  const { output } = await runNode([OPEN_LOAD_PROCESS, JSON.stringify(options)]);
  return JSON.parse(output) as OpenLoadResult;
}

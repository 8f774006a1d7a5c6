import { fileURLToPath } from "node:url";
import type { Request } from "./http-socket.ts";
import { runNode } from "./run-node.ts";

const OPEN_LOAD_PROCESS = fileURLToPath(new URL("open-load-process.ts", import.meta.url));

export type OpenLoadOptions = Request & {
  /** The server's origin. */
  url: string;
  /** How many different requests the path stands for, see http-socket.ts. */
  variants?: number;
  perSecond: number;
  seconds: number;
  /** The most requests under way; more wait, and their wait counts. */
  connections: number;
};

/** In milliseconds, one for each request. */
export type OpenLoadResult = {
  /** From the moment that a request was due, not that at which it was sent, to its answer. */
  latencies: number[];
  /** How much later than due the generator itself came to send it. */
  lateness: number[];
  /** How many answers had which status; 0: the connection was closed instead. */
  statuses: Record<number, number>;
  unanswered: number;
};

/** Asks at a fixed rate, whether the answers come or not, from a process of its own on a core of its own. */
export async function openLoad(options: OpenLoadOptions): Promise<OpenLoadResult> {
  const { output } = await runNode([OPEN_LOAD_PROCESS, JSON.stringify(options)]);
  return JSON.parse(output) as OpenLoadResult;
}

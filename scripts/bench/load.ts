import { fileURLToPath } from "node:url";
import type { Request } from "./http-socket.ts";
import { runNode } from "./run-node.ts";

const LOAD_PROCESS = fileURLToPath(new URL("load-process.ts", import.meta.url));

export type LoadOptions = Request & {
  /** The server's origin. */
  url: string;
  /** How many different requests the path stands for; see http-socket.ts. */
  variants?: number;
  /** Keep-alive connections; each sends its next request when the last one was answered. */
  connections: number;
  milliseconds: number;
};

export type LoadResult = {
  requests: number;
  seconds: number;
  /** Requests of the warm-up, which are not counted. */
  uncounted: number;
  /** How many answers had which status, the warm-up included. */
  statuses: Record<number, number>;
};

/**
 * Sends requests for one path as fast as they are answered, from a process of its own. Rejects when any answer has another
 * status than expected.
 */
async function load(options: LoadOptions, status: number): Promise<LoadResult> {
  const { output } = await runNode([LOAD_PROCESS, JSON.stringify(options)]);
  const result = JSON.parse(output) as LoadResult;
  const others = Object.keys(result.statuses).filter((seen) => Number(seen) !== status);
  if (others.length > 0 || result.requests === 0) {
    throw new Error(`${options.path}: expected ${status} alone, got ${JSON.stringify(result.statuses)}`);
  }
  return result;
}

export type Side = Request & {
  url: string;
  variants?: number;
  status: number;
  /** CPU seconds of all processes of the server so far. */
  cpuSeconds: () => number;
};
/** `cpuMicroseconds`: CPU time of the server for one request; NaN where the system does not tell. */
export type Round = { perSecond: number; cpuMicroseconds: number };
/** `cpuRatios`: for each round, our CPU time of one request divided by the other server's. */
export type Comparison = { cpuRatios: number[]; ours: Round[]; other: Round[] };

/** Loads two servers in turn, round by round, so that anything that slows the machine down slows both. */
export async function compare(
  ours: Side,
  other: Side,
  run: { rounds: number; milliseconds: number; connections: number },
): Promise<Comparison> {
  const { rounds, milliseconds, connections } = run;
  const measure = async ({ cpuSeconds, status, ...side }: Side): Promise<Round> => {
    const before = cpuSeconds();
    const result = await load({ ...side, connections, milliseconds }, status);
    const cpu = cpuSeconds() - before;
    return {
      perSecond: result.requests / result.seconds,
      cpuMicroseconds: (cpu * 1e6) / (result.requests + result.uncounted),
    };
  };
  await measure(ours);
  await measure(other);
  const result: Comparison = { cpuRatios: [], ours: [], other: [] };
  for (let round = 0; round < rounds; round++) {
    const mine = await measure(ours);
    const theirs = await measure(other);
    result.cpuRatios.push(mine.cpuMicroseconds / theirs.cpuMicroseconds);
    result.ours.push(mine);
    result.other.push(theirs);
  }
  return result;
}

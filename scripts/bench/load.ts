import { fileURLToPath } from "node:url";
import { cpuSeconds } from "./process-usage.ts";
import { runNode } from "./run-node.ts";

const LOAD_PROCESS = fileURLToPath(new URL("load-process.ts", import.meta.url));

export type LoadOptions = {
  /** The server's origin. */
  url: string;
  path: string;
  /** Sent by POST; without it, the path is asked by GET. */
  json?: unknown;
  /** Keep-alive connections, each with one request under way. */
  connections: number;
  milliseconds: number;
};

export type LoadResult = {
  requests: number;
  seconds: number;
  /** Requests of the warm-up. */
  uncounted: number;
  /** How many answers had which status, the warm-up included. */
  statuses: Record<number, number>;
};

/**
 * Asks one path as fast as it is answered, from a process of its own.
 * Rejects when an answer has another status than expected.
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

export type Side = { url: string; path: string; json?: unknown; status: number; pid: number | null };
/** `cpuMicroseconds` of the server for a request; NaN where the system does not tell. */
export type Round = { perSecond: number; cpuMicroseconds: number };
/** `ratios`: requests a second of ours divided by those of the other, one for each round. */
export type Comparison = { ratios: number[]; ours: Round[]; other: Round[] };

/** Loads two servers in turn, round by round, so that whatever slows the machine down slows both. */
export async function compare(
  ours: Side,
  other: Side,
  run: { rounds: number; milliseconds: number; connections: number },
): Promise<Comparison> {
  const { rounds, milliseconds, connections } = run;
  const measure = async ({ url, path, json, status, pid }: Side): Promise<Round> => {
    const before = pid === null ? null : cpuSeconds(pid);
    const result = await load({ url, path, json, connections, milliseconds }, status);
    const after = pid === null ? null : cpuSeconds(pid);
    const cpu = before === null || after === null ? NaN : after - before;
    return {
      perSecond: result.requests / result.seconds,
      cpuMicroseconds: (cpu * 1e6) / (result.requests + result.uncounted),
    };
  };
  await measure(ours);
  await measure(other);
  const result: Comparison = { ratios: [], ours: [], other: [] };
  for (let round = 0; round < rounds; round++) {
    const mine = await measure(ours);
    const theirs = await measure(other);
    result.ratios.push(mine.perSecond / theirs.perSecond);
    result.ours.push(mine);
    result.other.push(theirs);
  }
  return result;
}

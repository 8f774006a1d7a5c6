import type { Stack } from "../stack/stack.ts";
import { startBenchStack, startConstantStack } from "./bench-stack.ts";
import type { Bench } from "./bench-stack.ts";
import { atLeast, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { compare } from "./load.ts";
import { publishSmall } from "./publish-small.ts";

const ROUNDS = { rounds: 11, milliseconds: 1500, connections: 32 };
const CHECK = "/api/v1/version/check?current_version=1.0.0&platform=windows&arch=x64";

/** Version check, warm, against a Worker that answers a constant. */
export function measureCheck(bench: Bench): Promise<Figure[]> {
  return againstConstant(bench, "version check, warm / constant Worker", 0.7, () => CHECK, 200);
}

/** Signed download redirect, warm, against a Worker that answers a constant. */
export function measureDownload(bench: Bench): Promise<Figure[]> {
  return againstConstant(bench, "download redirect / constant Worker", 0.6, (path) => path, 302);
}

async function againstConstant(
  bench: Bench,
  what: string,
  least: number,
  pathFor: (downloadPath: string) => string,
  status: number,
): Promise<Figure[]> {
  const slipway = await startBenchStack(bench, "slipway");
  try {
    const constant = await startConstantStack(bench);
    try {
      const path = pathFor(await publishSmall(slipway, "2.0.0"));
      const side = (stack: Stack) => ({ url: stack.url, pid: stack.pids().workerd });
      bench.say(`${what}: ${ROUNDS.rounds} rounds`);
      const { ratios, ours, other } = await compare(
        { ...side(slipway), path, status },
        { ...side(constant), path: "/", status: 200 },
        ROUNDS,
      );
      const rate = (name: string, rounds: typeof ours) =>
        `${name}: ${short(median(rounds.map((round) => round.perSecond)))} requests/s, ` +
        `${short(median(rounds.map((round) => round.cpuMicroseconds)))} us of workerd's CPU each`;
      return [atLeast(least, what, ratios, [rate("ours", ours), rate("constant", other)])];
    } finally {
      await constant.stop();
    }
  } finally {
    await slipway.stop();
  }
}

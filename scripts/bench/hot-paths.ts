import type { Stack } from "../stack/stack.ts";
import { startBenchStack, startConstantStack } from "./bench-stack.ts";
import type { Bench } from "./bench-stack.ts";
import { atLeast, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { compare } from "./load.ts";
import { publishSmall } from "./publish-small.ts";
import { seedKeys } from "./seed-keys.ts";

const ROUNDS = { rounds: 11, milliseconds: 1500, connections: 32 };
const CHECK = "/api/v1/version/check?current_version=1.0.0&platform=windows&arch=x64";

type Question = { path: string; json?: unknown };

/** Version check, warm, against a Worker that answers a constant. */
export function measureCheck(bench: Bench): Promise<Figure[]> {
  return againstConstant(bench, "version check, warm / constant Worker", 0.7, 200, async (stack) => {
    await publishSmall(stack, "2.0.0");
    return { path: CHECK };
  });
}

/** Signed download redirect, warm, against a Worker that answers a constant. */
export function measureDownload(bench: Bench): Promise<Figure[]> {
  return againstConstant(bench, "download redirect / constant Worker", 0.6, 302, async (stack) => ({
    path: await publishSmall(stack, "2.0.0"),
  }));
}

/** Legality of a pair of software keys, warm, against a Worker that answers a constant. */
export function measureLegality(bench: Bench): Promise<Figure[]> {
  return againstConstant(bench, "legality check, warm / constant Worker", 0.5, 200, async (stack) => ({
    path: "/api/check/legality",
    json: await seedKeys(stack),
  }));
}

async function againstConstant(
  bench: Bench,
  what: string,
  least: number,
  status: number,
  prepare: (stack: Stack) => Promise<Question>,
): Promise<Figure[]> {
  const slipway = await startBenchStack(bench, "slipway");
  try {
    const constant = await startConstantStack(bench);
    try {
      const question = await prepare(slipway);
      const side = (stack: Stack) => ({ url: stack.url, pid: stack.pids().workerd });
      bench.say(`${what}: ${ROUNDS.rounds} rounds`);
      const { ratios, ours, other } = await compare(
        { ...side(slipway), ...question, status },
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

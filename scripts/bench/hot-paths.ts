import { startBareWorkerd } from "./bare-workerd.ts";
import type { Bench } from "./bench-stack.ts";
import { rate } from "./check.ts";
import type { Figure } from "./figure.ts";
import type { Request } from "./http-socket.ts";
import { compare } from "./load.ts";
import { publishSmall } from "./publish-small.ts";
import { startRealStack } from "./real-stack.ts";
import type { RealStack } from "./real-stack.ts";
import { seedKeys } from "./seed-keys.ts";

const ROUNDS = { rounds: 5, milliseconds: 2000, connections: 32 };

/** The redirect to a signed download, with warm caches. */
export function measureRedirect(bench: Bench): Promise<Figure[]> {
  return againstConstant(bench, "download redirect", 302, async (stack) => ({
    path: await publishSmall(stack, "2.0.0"),
  }));
}

/** The check whether a pair of software keys belongs together, with warm caches. */
export function measureLegality(bench: Bench): Promise<Figure[]> {
  return againstConstant(bench, "legality check", 200, async (stack) => ({
    path: "/api/check/legality",
    json: await seedKeys(stack),
  }));
}

async function againstConstant(
  bench: Bench,
  what: string,
  status: number,
  prepare: (stack: RealStack) => Promise<Request>,
): Promise<Figure[]> {
  const stack = await startRealStack(bench, "slipway");
  try {
    const bare = await startBareWorkerd(bench);
    try {
      const question = await prepare(stack);
      bench.say(`${what}: ${ROUNDS.rounds} rounds`);
      const { cpuRatios, ours, other } = await compare(
        { ...stack, ...question, status },
        { ...bare, path: "/", status: 200 },
        ROUNDS,
      );
      const notes = [rate("ours, all processes", ours), rate("bare workerd", other)];
      return [{ what: `${what}: CPU / constant in bare workerd`, unit: "x", rounds: cpuRatios, notes }];
    } finally {
      await bare.stop();
    }
  } finally {
    await stack.stop();
  }
}

import type { Bench } from "./bench-stack.ts";
import { CHECK, rate, VARIANTS } from "./check.ts";
import { atLeast } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { compare } from "./load.ts";
import { publishSmall } from "./publish-small.ts";
import { startRealStack } from "./real-stack.ts";
import type { RealStack } from "./real-stack.ts";

const CLOSED = { rounds: 5, milliseconds: 2000, connections: 32 };
const LEAST = 0.9;
const NAMELESS = CHECK.replace("&device_id=device-{n}", "&t={n}");

/** What it costs that devices name themselves to the version check: where nothing is rolled out, and where something is. */
export async function measureRollouts(bench: Bench): Promise<Figure[]> {
  const stack = await startRealStack(bench, "rollouts");
  try {
    for (const version of ["1.9.0", "2.0.0"]) await publishSmall(stack, version);
    const idle = await compareDevices(bench, stack, "nothing rolled out");
    await rollOut(stack, "2.0.0");
    return [idle, await compareDevices(bench, stack, "in a rollout at 50 %")];
  } finally {
    await stack.stop();
  }
}

async function compareDevices(bench: Bench, stack: RealStack, when: string): Promise<Figure> {
  bench.say(`version check by devices, ${when}: ${CLOSED.rounds} rounds`);
  const { cpuRatios, ours, other } = await compare(
    { ...stack, path: CHECK, variants: VARIANTS, status: 200 },
    { ...stack, path: NAMELESS, variants: VARIANTS, status: 200 },
    CLOSED,
  );
  const what = `version check, ${when}: requests per CPU second with a device's id / without`;
  const ratios = cpuRatios.map((ratio) => 1 / ratio);
  return atLeast(LEAST, "x", what, ratios, [rate("with", ours), rate("without", other)]);
}

async function rollOut({ url, settings }: RealStack, version: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1/rollouts`, {
    method: "POST",
    headers: { "x-api-key": settings.API_KEY ?? "", "content-type": "application/json" },
    body: JSON.stringify({ software: "omega", version, steps: [{ percent: 50 }] }),
  });
  if (answer.status !== 201)
    throw new Error(`rolling out ${version}: ${answer.status} ${await answer.text()}`);
}

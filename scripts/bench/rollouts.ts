import type { Bench } from "./bench-stack.ts";
import { rate, VARIANTS } from "./check.ts";
import { atLeast } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { compare } from "./load.ts";
import { publishSmall } from "./publish-small.ts";
import { startRealStack } from "./real-stack.ts";
import type { RealStack } from "./real-stack.ts";

const CLOSED = { rounds: 4, milliseconds: 2000, connections: 32 };
const LEAST = 0.9;
// One version, so that both sides repeat an answer that is known: what is compared is who asks.
const CHECK = "/api/v1/version/check?current_version=1.0.0&platform=windows&arch=x64";

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
  bench.say(`version check by devices, ${when}: twice ${CLOSED.rounds} rounds`);
  const named = { ...stack, path: `${CHECK}&device_id=device-{n}`, variants: VARIANTS, status: 200 };
  const nameless = { ...named, path: `${CHECK}&nothing=device-{n}` };
  // Each side goes first in half of the rounds: on one server, the second finds what the first has warmed up.
  const first = await compare(named, nameless, CLOSED);
  const second = await compare(nameless, named, CLOSED);
  const what = `version check, ${when}: requests per CPU second with a device's id / without`;
  const ratios = [...first.cpuRatios.map((ratio) => 1 / ratio), ...second.cpuRatios];
  return atLeast(LEAST, "x", what, ratios, [
    rate("with", [...first.ours, ...second.other]),
    rate("without", [...first.other, ...second.ours]),
  ]);
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

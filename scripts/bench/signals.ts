import type { Bench } from "./bench-stack.ts";
import { UNLIMITED } from "./bench-stack.ts";
import { CHECK, rate, VARIANTS } from "./check.ts";
import { atLeast, type Figure } from "./figure.ts";
import { compare } from "./load.ts";
import { publishSmall } from "./publish-small.ts";
import { startRealStack, type RealStack } from "./real-stack.ts";

const ROUNDS = 5;
const CALLS = 60;
/** As many as one call may have. */
const BATCH = 100;
const SENDERS = 4;
const LEAST_PER_SECOND = 1_000;
const CHECKS = { rounds: 5, milliseconds: 2000, connections: 32 };

/** Signals that devices send in batches, kept exactly; and what it costs a version check that devices are counted. */
export async function measureSignals(bench: Bench): Promise<Figure[]> {
  const counting = await startRealStack(bench, "counting", { SIGNALS_PER_MINUTE: UNLIMITED });
  try {
    await publishSmall(counting, "2.0.0");
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      bench.say(`signals: round ${round + 1} of ${ROUNDS}`);
      rounds.push(await sendRound(counting, round));
    }
    const kept = await installsOf(counting);
    const sent = ROUNDS * CALLS * BATCH;
    if (kept !== sent) throw new Error(`${sent} devices said that they installed, and ${kept} were counted`);
    const notes = [`${BATCH} in a call, ${SENDERS} calls at once; all ${sent} counted once`];
    const signals = atLeast(LEAST_PER_SECOND, "/s", "signals kept", rounds, notes);
    return [signals, await compareChecks(bench, counting)];
  } finally {
    await counting.stop();
  }
}

/** @returns signals a second */
async function sendRound({ url }: RealStack, round: number): Promise<number> {
  let next = 0;
  const began = performance.now();
  const send = async () => {
    for (let call = next++; call < CALLS; call = next++) {
      const first = (round * CALLS + call) * BATCH;
      const signals = Array.from({ length: BATCH }, (_, index) => ({
        device_id: `device-${first + index}`,
        version: "2.0.0",
        event: "installed",
      }));
      const body = JSON.stringify({ signals });
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${url}/api/v1/signals`, { method: "POST", headers, body });
      await answer.arrayBuffer();
      if (answer.status !== 202) throw new Error(`a signal was answered ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  return (CALLS * BATCH * 1000) / (performance.now() - began);
}

/** How many installs the server has counted, once it has written what it holds. */
async function installsOf({ url, settings }: RealStack): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const headers = { "x-api-key": settings.API_KEY ?? "" };
  const answer = await fetch(`${url}/api/v1/statistics/daily`, { headers });
  const { counts } = (await answer.json()) as { counts: { installs: number }[] };
  return counts.reduce((sum, { installs }) => sum + installs, 0);
}

async function compareChecks(bench: Bench, counting: RealStack): Promise<Figure> {
  const silent = await startRealStack(bench, "silent", { DEVICE_STATISTICS: "off" });
  try {
    await publishSmall(silent, "2.0.0");
    bench.say(`version check with statistics and without: ${CHECKS.rounds} rounds`);
    const asked = { path: CHECK, variants: VARIANTS, status: 200 };
    const { cpuRatios, ours, other } = await compare(
      { ...counting, ...asked },
      { ...silent, ...asked },
      CHECKS,
    );
    const notes = [rate("with statistics", ours), rate("without", other)];
    return { what: "version check: CPU with statistics / without", unit: "x", rounds: cpuRatios, notes };
  } finally {
    await silent.stop();
  }
}

import { signInAdministrator } from "./administrator.ts";
import type { Send } from "./administrator.ts";
import type { Bench } from "./bench-stack.ts";
import type { Figure } from "./figure.ts";
import { startRealStack } from "./real-stack.ts";
import type { RealStack } from "./real-stack.ts";
import { fundAdministrator, registerServers } from "./seed-farm.ts";

export const AGENTS = 50;

export type Farm = { stack: RealStack; send: Send; tokens: string[] };

/** Runs a measurement on a stack with 50 registered servers and an administrator who can pay for any number of tasks. */
export async function onFarm(
  bench: Bench,
  slots: number,
  measure: (bench: Bench, farm: Farm) => Promise<Figure[]>,
): Promise<Figure[]> {
  const stack = await startRealStack(bench, "slipway");
  try {
    const send = await signInAdministrator(stack);
    await fundAdministrator(send);
    return await measure(bench, { stack, send, tokens: await registerServers(send, AGENTS, slots) });
  } finally {
    await stack.stop();
  }
}

/** A note on how often the server told agents "not now", after which they asked again. */
export const busyNote = (times = 0) => (times === 0 ? "" : `; ${times} answers were 503`);

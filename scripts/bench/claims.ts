import { runAgents } from "./agents.ts";
import type { Bench } from "./bench-stack.ts";
import { AGENTS, busyNote, onFarm } from "./farm-stack.ts";
import type { Farm } from "./farm-stack.ts";
import { atLeast, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { endRunning, seedPending } from "./seed-farm.ts";

const BACKLOG = 3000;
const ROUNDS = 3;
/** More tasks than one agent ever runs here. */
const MOST_SLOTS = 1000;
const WAITING_USERS = 20;
const LEAST = 100;
const LIMIT_MS = 120_000;

/** How fast 50 agents take all tasks of a backlog. */
export const measureClaims = (bench: Bench) => onFarm(bench, MOST_SLOTS, measure);

async function measure(bench: Bench, { stack, tokens }: Farm): Promise<Figure[]> {
  const rates: number[] = [];
  const cpu: number[] = [];
  let busy = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await seedPending(stack, BACKLOG, WAITING_USERS, `r${round}x`);
    bench.say(`${AGENTS} agents take ${BACKLOG} tasks, round ${round + 1} of ${ROUNDS}`);
    const before = stack.cpuSeconds();
    const { assigned, statuses } = await runAgents({
      url: stack.url,
      tokens,
      slots: MOST_SLOTS,
      manner: "grab",
      milliseconds: LIMIT_MS,
      spreadMs: 0,
    });
    busy += statuses[503] ?? 0;
    const taken = new Set(assigned.map(([id]) => id));
    if (taken.size !== BACKLOG || assigned.length !== BACKLOG)
      throw new Error(`${assigned.length} assignments of ${taken.size} tasks instead of ${BACKLOG}`);
    const times = assigned.map(([, at]) => at);
    const first = times.reduce((a, b) => Math.min(a, b));
    const last = times.reduce((a, b) => Math.max(a, b));
    rates.push((BACKLOG - 1) / ((last - first) / 1000));
    cpu.push(((stack.cpuSeconds() - before) * 1000) / BACKLOG);
    await endRunning(stack);
  }
  const notes = [`${short(median(cpu))} ms of CPU of all processes each${busyNote(busy)}`];
  const what = `claims of ${AGENTS} agents at full speed, ${BACKLOG} tasks pending`;
  return [atLeast(LEAST, "/s", what, rates, notes)];
}

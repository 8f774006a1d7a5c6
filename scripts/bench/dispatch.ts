import type { Stack } from "../stack/stack.ts";
import { signInAdministrator } from "./administrator.ts";
import type { Send } from "./administrator.ts";
import { runAgents } from "./agents.ts";
import { startBenchStack } from "./bench-stack.ts";
import type { Bench } from "./bench-stack.ts";
import { atMost, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { cpuSeconds } from "./process-usage.ts";
import { endRunning, fundAdministrator, registerServers, seedPending } from "./seed-farm.ts";

const AGENTS = 100;
const SLOTS = 2;
const TASKS_PER_SECOND = 20;
const ROUND_SECONDS = 10;
const ROUNDS = 3;
/** The fleet's pace has settled by then. */
const SETTLED_MS = 6000;
/** For the last tasks to be assigned. */
const LAST_MS = 3000;
const MOST_P50 = 150;
const MOST_P99 = 1000;

const BACKLOG = 3000;
/** More than one agent comes to have. */
const MOST_SLOTS = 1000;
const WAITING_USERS = 20;
const LEAST_CLAIMS = 100;
const CLAIMS_LIMIT_MS = 120_000;

/** How long a task waits for one of 100 pulling agents. */
export const measureDispatch = (bench: Bench) => onStack(bench, SLOTS, measureWaiting);

/** How fast 100 agents take a backlog. */
export const measureClaims = (bench: Bench) => onStack(bench, MOST_SLOTS, measureBacklog);

type Measure = (bench: Bench, stack: Stack, send: Send, tokens: string[]) => Promise<Figure[]>;

async function onStack(bench: Bench, slots: number, measure: Measure): Promise<Figure[]> {
  const stack = await startBenchStack(bench, "slipway");
  try {
    const send = await signInAdministrator(stack);
    await fundAdministrator(send);
    return await measure(bench, stack, send, await registerServers(send, AGENTS, slots));
  } finally {
    await stack.stop();
  }
}

async function measureWaiting(bench: Bench, stack: Stack, send: Send, tokens: string[]): Promise<Figure[]> {
  const seconds = ROUNDS * ROUND_SECONDS;
  bench.say(`${AGENTS} agents, ${TASKS_PER_SECOND} tasks a second for ${seconds} s`);
  const running = runAgents({
    url: stack.url,
    tokens,
    slots: SLOTS,
    manner: "follow",
    milliseconds: SETTLED_MS + seconds * 1000 + LAST_MS,
    spreadMs: SETTLED_MS / 2,
  });
  const [agents, created] = await Promise.all([
    running,
    pause(SETTLED_MS).then(() => createTasks(send, seconds)),
  ]);

  const arrivals = new Map(agents.assigned);
  const waits = (tasks: Created[], from: (task: Created) => number) =>
    tasks.map((task) => {
      const at = arrivals.get(task.id);
      if (at === undefined) throw new Error(`${task.id} was not assigned`);
      return Math.max(0, at - from(task));
    });
  const rounds = Array.from({ length: ROUNDS }, (_, round) => created.filter((task) => task.round === round));
  const sent = (task: Created) => task.sentAt;
  const all = waits(created, sent);
  const known = waits(created, (task) => task.answeredAt);
  const answers = created.map((task) => task.answeredAt - task.sentAt);
  return [
    atMost(
      MOST_P50,
      "ms",
      "task to agent, from the sending of the request that creates it, p50",
      rounds.map((tasks) => median(waits(tasks, sent))),
      [
        `${created.length} tasks, ${agents.heartbeats} heartbeats of ${AGENTS} agents with ${SLOTS} slots${busyNote(agents)}`,
        `from the answer that it was created: p50 ${short(median(known))} ms, p99 ${short(percentile(known, 0.99))} ms`,
        `that answer: p50 ${short(median(answers))} ms, p99 ${short(percentile(answers, 0.99))} ms`,
      ],
    ),
    atMost(
      MOST_P99,
      "ms",
      "the same, p99",
      [percentile(all, 0.99)],
      [`at most ${short(Math.max(...all))} ms`],
    ),
  ];
}

type Created = { id: string; round: number; sentAt: number; answeredAt: number };

const clock = () => performance.timeOrigin + performance.now();

/** At a steady rate, whether the last ones have been answered or not. */
async function createTasks(send: Send, seconds: number): Promise<Created[]> {
  const startedAt = clock();
  const under: Promise<Created>[] = [];
  for (let index = 0; index < seconds * TASKS_PER_SECOND; index++) {
    const due = startedAt + (index * 1000) / TASKS_PER_SECOND;
    await pause(Math.max(0, due - clock()));
    const create = async () => {
      const sentAt = clock();
      const json = { title: `measured ${index}`, task_type: "kind", estimated_duration: 1 };
      const { id } = await send<{ id: string }>("POST", "/api/tasks", json);
      const round = Math.floor(index / TASKS_PER_SECOND / ROUND_SECONDS);
      return { id, round, sentAt, answeredAt: clock() };
    };
    const creating = create();
    // Its failure is told when all are awaited.
    creating.catch(() => undefined);
    under.push(creating);
  }
  return Promise.all(under);
}

async function measureBacklog(bench: Bench, stack: Stack, _send: Send, tokens: string[]): Promise<Figure[]> {
  const rates: number[] = [];
  const cpu: number[] = [];
  let busy = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await seedPending(stack, BACKLOG, WAITING_USERS, `r${round}x`);
    bench.say(`${AGENTS} agents take ${BACKLOG} tasks, round ${round + 1} of ${ROUNDS}`);
    const before = spent(stack);
    const { assigned, statuses } = await runAgents({
      url: stack.url,
      tokens,
      slots: MOST_SLOTS,
      manner: "grab",
      milliseconds: CLAIMS_LIMIT_MS,
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
    cpu.push(((spent(stack) - before) * 1000) / BACKLOG);
    await endRunning(stack);
  }
  return [
    {
      what: `claims of ${AGENTS} agents at full speed, ${BACKLOG} tasks pending`,
      target: `at least ${LEAST_CLAIMS} /s`,
      unit: "/s",
      rounds: rates,
      met: median(rates) >= LEAST_CLAIMS,
      notes: [
        `${short(median(cpu))} ms of CPU of workerd and sqld each${busyNote({ statuses: { 503: busy } })}`,
      ],
    },
  ];
}

/** Agents that were answered "not now" came again. */
const busyNote = ({ statuses }: { statuses: Record<number, number> }) =>
  statuses[503] === undefined || statuses[503] === 0 ? "" : `; ${statuses[503]} answers were 503`;

/** CPU seconds of the stack so far. */
function spent(stack: Stack): number {
  const { workerd, sqld } = stack.pids();
  return [workerd, sqld].reduce((sum: number, pid) => sum + ((pid && cpuSeconds(pid)) || 0), 0);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

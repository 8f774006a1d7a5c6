import type { Send } from "./administrator.ts";
import { runAgents } from "./agents.ts";
import type { Bench } from "./bench-stack.ts";
import { AGENTS, busyNote, onFarm } from "./farm-stack.ts";
import type { Farm } from "./farm-stack.ts";
import { atMost, percentile, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { cpuSplit } from "./process-tree.ts";

const SLOTS = 2;
const TASKS_PER_SECOND = 20;
const ROUND_SECONDS = 15;
const ROUNDS = 3;
/** By then agents come at a steady pace. */
const SETTLED_MS = 6000;
/** Time for the last tasks to be assigned and completed. */
const LAST_MS = 8000;
const ATTEMPTS = 20;
const RETRY_MS = 500;
const MOST_P99_MS = 150;
const MOST_CPU_MS = 20;

/**
 * Tasks are created, assigned to one of 50 pulling agents, and completed: how long each waits, and how much CPU time it
 * costs.
 */
export const measureTasks = (bench: Bench) => onFarm(bench, SLOTS, measure);

async function measure(bench: Bench, { stack, send, tokens }: Farm): Promise<Figure[]> {
  const seconds = ROUNDS * ROUND_SECONDS;
  bench.say(`${AGENTS} agents, ${TASKS_PER_SECOND} tasks a second for ${seconds} s`);
  const { url } = stack;
  const milliseconds = SETTLED_MS + seconds * 1000 + LAST_MS;
  const options = { url, tokens, slots: SLOTS, milliseconds, spreadMs: SETTLED_MS / 2 };
  const running = runAgents({ ...options, manner: "follow" });
  const measuring = (async () => {
    await pause(SETTLED_MS);
    const before = stack.cpuSeconds();
    const split = cpuSplit(stack.processes());
    const created = await createTasks(send, seconds);
    await pause(LAST_MS / 2);
    return { created, cpu: stack.cpuSeconds() - before, split: split(stack.processes()) };
  })();
  const [agents, { created, cpu, split }] = await Promise.all([running, measuring]);
  const { total: completed } = await send<{ total: number }>("GET", "/api/tasks?status=completed&limit=1");
  const arrivals = new Map(agents.assigned);
  const waitsOf = (tasks: Created[], from: (task: Created) => number) =>
    tasks.map((task) => {
      // A task that was never assigned has waited at least until the end.
      const at = arrivals.get(task.id) ?? clock();
      return Math.max(0, at - from(task));
    });
  const rounds = Array.from({ length: ROUNDS }, (_, round) => created.filter((task) => task.round === round));
  const p99s = rounds.map((tasks) => percentile(waitsOf(tasks, answered), 0.99));
  const spread = (times: number[]) =>
    [0.5, 0.95, 0.99, 1].map((share) => short(percentile(times, share))).join(", ");
  const waits = waitsOf(created, answered);
  const overall = percentile(waits, 0.99);
  return [
    atMost(
      MOST_CPU_MS,
      "ms",
      `task created, assigned, completed with ${AGENTS} agents: CPU`,
      [(cpu * 1000) / completed],
      [
        `all processes of the stack, heartbeats included: ${created.length} tasks at ${TASKS_PER_SECOND} a second, ${completed} completed, ${agents.heartbeats} heartbeats with ${SLOTS} slots${busyNote(agents.statuses[503])}`,
        split,
      ],
    ),
    {
      ...atMost(MOST_P99_MS, "ms", `task from created to assigned with ${AGENTS} agents: p99`, p99s, [
        `from the answer that it is created, p50, p95, p99, longest: ${spread(waits)} ms`,
        `from the sending of the request: ${spread(waitsOf(created, ({ sentAt }) => sentAt))} ms`,
        `that request: ${spread(created.map((task) => task.answeredAt - task.sentAt))} ms`,
      ]),
      overall,
      met: overall <= MOST_P99_MS,
    },
  ];
}

type Created = { id: string; round: number; sentAt: number; answeredAt: number };

const answered = ({ answeredAt }: Created) => answeredAt;
const clock = () => performance.timeOrigin + performance.now();

/** Creates tasks at a steady rate, whether the server has answered the last ones or not. */
async function createTasks(send: Send, seconds: number): Promise<Created[]> {
  const startedAt = clock();
  const under: Promise<Created>[] = [];
  for (let index = 0; index < seconds * TASKS_PER_SECOND; index++) {
    const due = startedAt + (index * 1000) / TASKS_PER_SECOND;
    await pause(Math.max(0, due - clock()));
    const create = async () => {
      const sentAt = clock();
      const json = { title: `measured ${index}`, task_type: "kind", estimated_duration: 1 };
      const id = await persistently(() => send<{ id: string }>("POST", "/api/tasks", json));
      const round = Math.floor(index / TASKS_PER_SECOND / ROUND_SECONDS);
      return { id, round, sentAt, answeredAt: clock() };
    };
    const creating = create();
    // Keeps Node from ending the process: the failure is thrown where all are awaited.
    creating.catch(() => undefined);
    under.push(creating);
  }
  return Promise.all(under);
}

/** Asks again while the server says "not now". The time until it accepts counts. */
async function persistently(create: () => Promise<{ id: string }>): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await create()).id;
    } catch (error) {
      if (attempt === ATTEMPTS || !String(error).includes(": 503")) throw error;
      await pause(RETRY_MS);
    }
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

import { randomUUID } from "node:crypto";
import type { Stack } from "../stack/stack.ts";
import { signInAdministrator } from "./administrator.ts";
import type { Send } from "./administrator.ts";
import { sharedWith, startBenchStack } from "./bench-stack.ts";
import type { Bench } from "./bench-stack.ts";
import { countRequests } from "./counting-proxy.ts";
import { atMost, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { fundAdministrator, registerServers, seedFinished, seedPending } from "./seed-farm.ts";

const FEW = 100;
const MANY = 100_000;
const ROUNDS = 7;
/** How often each request is sent on one side in one round. */
const TIMES = 20;
const MOST = 1.3;
/** How many tasks are pending on both sides all the time, and how many users own them. */
const PENDING = 200;
const WAITING_USERS = 10;

/** How long the database takes for a request when one user has 100 ended tasks, compared with 100,000. */
export async function measureFinishedTasks(bench: Bench): Promise<Figure[]> {
  const stop: (() => Promise<void>)[] = [];
  try {
    const few = await startSide(bench, FEW, stop);
    const many = await startSide(bench, MANY, stop);
    bench.say(`requests among ${FEW} and ${MANY} finished tasks: ${ROUNDS} rounds`);
    return await compareSides(few, many);
  } finally {
    for (const one of stop.toReversed()) await one();
  }
}

/** `times`: for each kind of request, how long its slowest round trip to the database took. */
type Side = { times: Map<string, number[]>; go: () => Promise<void> };

async function startSide(bench: Bench, finished: number, stop: (() => Promise<void>)[]): Promise<Side> {
  const store = await startBenchStack(bench, `store${finished}`);
  stop.push(store.stop);
  const proxy = await countRequests(store.settings.LIBSQL_URL ?? "");
  stop.push(proxy.stop);
  const settings = { ...sharedWith(store), LIBSQL_URL: proxy.url };
  const stack = await startBenchStack(bench, `counted${finished}`, settings);
  stop.push(stack.stop);
  const send = await signInAdministrator(stack);
  const userId = await fundAdministrator(send);
  const [token = ""] = await registerServers(send, 1, 1);
  bench.say(`${finished} finished tasks are written`);
  await seedPending(store, PENDING, WAITING_USERS, "p");
  await seedFinished(store, finished, userId);

  const times = new Map<string, number[]>();
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const before = proxy.times().length;
    const value = await work();
    const spent = proxy.times().slice(before);
    times.set(what, [...(times.get(what) ?? []), Math.max(...spent)]);
    return value;
  };
  return { times, go: () => everyRequest(stack, send, token, timed) };
}

type Timed = <T>(what: string, work: () => Promise<T>) => Promise<T>;
type Orders = { assign: { task_id: string; attempt: number }[] };

const lists: readonly [what: string, query: string][] = [
  ["task list", ""],
  ["task list by priority", "?sort_by=priority&status=completed"],
  ["task list of a type", "?task_type=kind_1&sort_by=updated_at"],
];

async function everyRequest(stack: Stack, send: Send, token: string, timed: Timed): Promise<void> {
  const agent = async <T>(path: string, json: unknown): Promise<T> => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const answer = await fetch(`${stack.url}/api/gpu/agent/${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(json),
    });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { data: T }).data;
  };
  const gpus = [{ gpu_id: 0, name: "measured", memory_total: 24 }];
  const json = { title: randomUUID(), task_type: "kind_1", estimated_duration: 1, priority: 5 };
  await timed("create", () => send("POST", "/api/tasks", json));
  const orders = await timed("claim", () => agent<Orders>("heartbeat", { gpus, want: 1 }));
  const [task] = orders.assign;
  if (!task) throw new Error("nothing was assigned");
  const running = [{ ...task, progress: 10 }];
  await timed("heartbeat", () => agent("heartbeat", { gpus, want: 0, running_tasks: running }));
  for (const [what, query] of lists) await timed(what, () => send("GET", `/api/tasks${query}`));
  await timed("cluster overview", () => send("GET", "/api/gpu/cluster/overview"));
  await timed("statistics", () => send("GET", "/api/admin/stats"));
  await timed("user's statistics", () => send("GET", "/api/users/stats"));
  const events = [{ type: "completed", seq: 1, result: {} }];
  await timed("completion", () => agent(`tasks/${task.task_id}/events`, { attempt: task.attempt, events }));
}

async function compareSides(few: Side, many: Side): Promise<Figure[]> {
  const rounds = new Map<string, { ratio: number; few: number; many: number }[]>();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const side of [few, many]) side.times.clear();
    for (let time = 0; time < TIMES; time++) {
      await few.go();
      await many.go();
    }
    // Both sides warm up in the first round, so it is not counted.
    if (round === 0) continue;
    for (const [what, times] of few.times) {
      const [a, b] = [median(times), median(many.times.get(what) ?? [])];
      rounds.set(what, [...(rounds.get(what) ?? []), { ratio: b / a, few: a, many: b }]);
    }
  }
  return [...rounds].map(([what, all]) =>
    atMost(
      MOST,
      "x",
      `${what}: database, 100,000 finished tasks / 100`,
      all.map(({ ratio }) => ratio),
      [
        `${short(median(all.map((one) => one.few)))} ms among ${FEW}, ${short(median(all.map((one) => one.many)))} ms among ${MANY}`,
      ],
    ),
  );
}

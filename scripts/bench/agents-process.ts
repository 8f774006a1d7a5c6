import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import type { AgentsOptions, AgentsResult } from "./agents.ts";

/** How long an agent works on a task, in milliseconds. */
const SHORTEST_WORK = 500;
const LONGEST_WORK = 1500;

const options = JSON.parse(process.argv[2] ?? "") as AgentsOptions;
const connections = new Agent({ keepAlive: true, maxSockets: options.tokens.length * 2 });
const result: AgentsResult = { assigned: [], heartbeats: 0, statuses: {} };
const endsAt = now() + options.milliseconds;

/** Milliseconds since 1970, finer than Date.now(). */
function now(): number {
  return performance.timeOrigin + performance.now();
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

type Given = { task_id: string; attempt: number };
type Orders = { assign: Given[]; next_seconds: number };

async function post(path: string, token: string, json: unknown): Promise<{ status: number; data?: unknown }> {
  const body = JSON.stringify(json);
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  };
  const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = request(options.url + path, { method: "POST", headers, agent: connections }, (response) => {
      text(response).then((said) => resolve({ status: response.statusCode ?? 0, text: said }), reject);
    });
    sent.on("error", reject).end(body);
  });
  result.statuses[answer.status] = (result.statuses[answer.status] ?? 0) + 1;
  if (answer.status !== 200) return { status: answer.status };
  return { status: 200, data: (JSON.parse(answer.text) as { data: unknown }).data };
}

const gpu = { gpu_id: 0, name: "measured", usage: 50, memory_used: 8, memory_total: 24 };

async function heartbeat(token: string, held: readonly Given[], want: number): Promise<Orders | undefined> {
  const running = held.map(({ task_id, attempt }) => ({ task_id, attempt, progress: 50 }));
  const report = { name: "measured", version: "1", cpu_usage: 50, gpus: [gpu], running_tasks: running, want };
  const { data } = await post("/api/gpu/agent/heartbeat", token, report);
  const at = now();
  result.heartbeats++;
  const orders = data as Orders | undefined;
  for (const { task_id } of orders?.assign ?? []) result.assigned.push([task_id, at]);
  return orders;
}

/**
 * An agent that behaves: it sends its next heartbeat when the answer to the last one says, or sooner when a task has ended.
 */
async function follow(token: string): Promise<void> {
  const held: Given[] = [];
  let wake = () => {};
  while (now() < endsAt) {
    const ended = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const orders = await heartbeat(token, held, options.slots - held.length);
    for (const given of orders?.assign ?? []) {
      held.push(given);
      const work = async () => {
        await pause(SHORTEST_WORK + Math.random() * (LONGEST_WORK - SHORTEST_WORK));
        const events = [{ type: "completed", seq: 1, result: { done: true } }];
        await post(`/api/gpu/agent/tasks/${given.task_id}/events`, token, { attempt: given.attempt, events });
        held.splice(held.indexOf(given), 1);
        wake();
      };
      void work();
    }
    await Promise.race([pause(1000 * (orders?.next_seconds ?? 1)), ended]);
  }
}

/** An agent that asks for one task after the other without a pause, until no task is left. */
async function grab(token: string): Promise<void> {
  const held: Given[] = [];
  while (now() < endsAt) {
    const orders = await heartbeat(token, held, 1);
    if (orders?.assign.length === 0) return;
    held.push(...(orders?.assign ?? []));
  }
}

await pause(Math.max(0, options.startAt - now()));
await Promise.all(
  options.tokens.map(async (token) => {
    if (options.manner === "grab") return grab(token);
    await pause(Math.random() * options.spreadMs);
    return follow(token);
  }),
);
process.stdout.write(JSON.stringify(result));
process.exit(0);

import { workOn } from "./farm-attempts.ts";
import { askAs, nameOf } from "./farm-world.ts";
import type { AttemptName, FarmAgent, FarmWorld, Given, Held } from "./farm-world.ts";
import { count, pause, violation } from "./world.ts";

const RETRY_MS = 300;
/** The share of heartbeats whose answer is lost on the way. */
const LOST_ANSWERS = 0.05;

export function createAgent(world: FarmWorld, name: string, token: string, slots: number): FarmAgent {
  const held = new Map<string, Held>();
  const agent: FarmAgent = {
    name,
    token,
    slots,
    silentUntil: 0,
    isSilent: () => Date.now() < agent.silentUntil,
    report: () => ({
      name,
      version: "chaos",
      cpu_usage: 50,
      total_memory: 16,
      used_memory: 8,
      running_tasks: [...held.values()].map(({ task_id, attempt }) => ({ task_id, attempt, progress: 1 })),
      max_concurrent_tasks: slots,
    }),
    take(given) {
      const known = held.get(given.task_id);
      if (known && known.attempt >= given.attempt) return "has it";
      if (!known && held.size >= slots) return "full";
      if (known) known.stopped = true;
      const owner = world.given.get(nameOf(given));
      if (owner !== undefined && owner !== name)
        violation(world, `${nameOf(given)} was given to ${owner} and to ${name}`);
      if (world.completed.has(given.task_id))
        violation(world, `${nameOf(given)} was given although the task is completed`);
      world.given.set(nameOf(given), name);
      const { task_id, attempt, task_type } = given;
      const mine: Held = { task_id, attempt, task_type, stopped: false };
      held.set(given.task_id, mine);
      workOn(world, agent, mine).catch((error: unknown) => violation(world, String(error)));
      return "accepted";
    },
    stop({ task_id, attempt }) {
      const mine = held.get(task_id);
      if (mine?.attempt !== attempt) return;
      count(world, "attempts stopped");
      mine.stopped = true;
      agent.letGo(mine);
    },
    letGo(mine) {
      if (held.get(mine.task_id) === mine) held.delete(mine.task_id);
    },
    forget() {
      for (const mine of held.values()) mine.stopped = true;
      held.clear();
    },
  };
  return agent;
}

type Orders = { cancel: AttemptName[]; assign: Given[]; next_seconds: number };

/** Asks for work until the run is done. */
export async function pull(world: FarmWorld, agent: FarmAgent): Promise<void> {
  while (!world.done) {
    if (agent.isSilent()) {
      await pause(RETRY_MS);
      continue;
    }
    const json = { ...agent.report(), want: agent.slots };
    const answer = await askAs(world, agent.token, "/api/gpu/agent/heartbeat", { json });
    if (answer !== null && answer.status !== 200 && answer.status < 500)
      violation(world, `a heartbeat answers ${answer.status} ${JSON.stringify(answer.body)}`);
    const isLost = !world.calm && world.random() < LOST_ANSWERS;
    if (answer?.status !== 200 || isLost || agent.isSilent()) {
      await pause(RETRY_MS);
      continue;
    }
    const { cancel, assign, next_seconds: next } = answer.body.data as Orders;
    for (const attempt of cancel) agent.stop(attempt);
    for (const attempt of assign) agent.take(attempt);
    await pause(next * 1000);
  }
}

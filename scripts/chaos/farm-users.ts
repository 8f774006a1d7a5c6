import { randomUUID } from "node:crypto";
import { askAs, between, POISON } from "./farm-world.ts";
import type { FarmTask, FarmUser, FarmWorld } from "./farm-world.ts";
import { isTransient } from "./request.ts";
import type { Answer } from "./request.ts";
import { count, pause, violation } from "./world.ts";

/** How long a user keeps trying, well beyond any fault of ours. */
const PATIENCE_MS = 90_000;
const RETRY_MS = 300;
const SENT_TWICE = 0.1;
const CANCELLED = 0.05;
/** One task in so many is poison. */
const POISONED = 40;
/** Estimated minutes of a task, from which the server calculates its hold. */
const ESTIMATE = 1;

/** Creates a user's tasks one after the other, evenly over a time, and cancels some of them. */
export async function createTasks(world: FarmWorld, user: FarmUser, number: number, milliseconds: number) {
  const cancels: Promise<void>[] = [];
  const startedAt = Date.now();
  for (let index = 0; index < number; index++) {
    const due = startedAt + (milliseconds * index) / number;
    await pause(Math.max(0, due - Date.now()));
    const task = await createTask(world, user, index);
    if (task && world.random() < CANCELLED) cancels.push(cancelTask(world, user, task));
  }
  await Promise.all(cancels);
}

async function createTask(world: FarmWorld, user: FarmUser, index: number): Promise<FarmTask | undefined> {
  const json = {
    title: `${user.name} ${index}`,
    task_type: index % POISONED === 0 ? POISON : `kind_${index % 3}`,
    priority: index % 4,
    estimated_duration: ESTIMATE,
  };
  const headers = { "idempotency-key": randomUUID() };
  const create = () => retried(() => askAs(world, user.token, "/api/tasks", { json, headers }));
  const answers = await Promise.all(world.random() < SENT_TWICE ? [create(), create()] : [create()]);
  const ids = answers.map((answer) => {
    if (answer?.status === 200) return (answer.body.data as { id: string }).id;
    violation(world, `creating a task answers ${answer?.status} ${JSON.stringify(answer?.body)}`);
    return undefined;
  });
  const [id] = ids;
  if (id === undefined) return undefined;
  if (ids.some((other) => other !== id)) violation(world, `one key made the tasks ${ids.join(", ")}`);
  const task: FarmTask = { id, user: user.id };
  world.tasks.set(id, task);
  count(world, "tasks created");
  return task;
}

async function cancelTask(world: FarmWorld, user: FarmUser, task: FarmTask): Promise<void> {
  await pause(between(world, 0, 4000));
  let times = 0;
  const answer = await retried(() => {
    times++;
    return askAs(world, user.token, `/api/tasks/${task.id}/cancel`, { method: "POST" });
  });
  if (answer?.status === 200) {
    task.cancel = "acknowledged";
    return count(world, "tasks cancelled");
  }
  // The cancel was sent again after its answer was lost. "Has ended" may then mean that the first one ended the task.
  if (times > 1) task.cancel = "unknown";
  if (answer?.status !== 409)
    violation(world, `cancelling a task answers ${answer?.status} ${JSON.stringify(answer?.body)}`);
}

async function retried(send: () => Promise<Answer | null>): Promise<Answer | null> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await send();
    if (!isTransient(answer) || performance.now() > until) return answer;
    await pause(RETRY_MS);
  }
}

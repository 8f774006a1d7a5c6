import { askAs, between, LEASE_SECONDS, nameOf, POISON } from "./farm-world.ts";
import type { FarmAgent, FarmWorld, Held } from "./farm-world.ts";
import { isTransient } from "./request.ts";
import { count, pause, violation } from "./world.ts";

const RETRY_MS = 300;
const STEPS = 3;
const LAST_SEQ = STEPS * 2;
/** More than a tick longer than a lease, so that the server has noticed its end. */
const LONG_SILENCE_MS = (LEASE_SECONDS + 3) * 1000;

type Manner = "good" | "crash" | "silent" | "hang" | "double" | "disordered" | "garbage";

const manners: readonly [Manner, number][] = [
  ["good", 0.46],
  ["crash", 0.08],
  ["silent", 0.13],
  ["hang", 0.03],
  ["double", 0.12],
  ["disordered", 0.1],
  ["garbage", 0.08],
];

/**
 * Works on an attempt in some manner, until the server acknowledges the attempt's end or says that the task is no longer
 * this attempt's.
 */
export async function workOn(world: FarmWorld, agent: FarmAgent, held: Held): Promise<void> {
  const manner = held.task_type === POISON ? "crash" : world.calm ? "good" : pick(world);
  count(world, `attempts, ${manner}`);
  const steps = Array.from({ length: STEPS }, (_, step) => stepOf(held, step));
  switch (manner) {
    case "crash":
      await pause(between(world, 0, 1000));
      agent.forget();
      agent.silentUntil = Date.now() + between(world, 1000, LONG_SILENCE_MS + 3000);
      return;
    case "hang":
      return;
    case "disordered":
      await pause(between(world, 100, 1500));
      await finish(world, agent, held);
      await Promise.all(steps.toReversed().map((step) => send(world, agent, held, step)));
      break;
    case "garbage":
      await sendGarbage(world, agent, held);
      await finish(world, agent, held);
      break;
    case "double":
      await takeSteps(world, agent, held, steps);
      await Promise.all([finish(world, agent, held), finish(world, agent, held)]);
      await pause(between(world, 0, 2000));
      await finish(world, agent, held);
      break;
    case "silent":
      agent.silentUntil = Date.now() + between(world, 2000, LONG_SILENCE_MS + 4000);
      await takeSteps(world, agent, held, steps);
      await finish(world, agent, held);
      break;
    default:
      await takeSteps(world, agent, held, steps);
      await finish(world, agent, held);
  }
  agent.letGo(held);
}

function pick(world: FarmWorld): Manner {
  let rest = world.random();
  for (const [manner, share] of manners) {
    rest -= share;
    if (rest < 0) return manner;
  }
  return "good";
}

const stepOf = ({ attempt }: Held, step: number) => [
  { type: "progress", seq: 2 * step, progress: 25 * (step + 1) },
  { type: "log", seq: 2 * step + 1, message: `step ${step} of attempt ${attempt}` },
];

async function takeSteps(world: FarmWorld, agent: FarmAgent, held: Held, steps: unknown[][]): Promise<void> {
  for (const step of steps) {
    await pause(between(world, 50, 700));
    if (held.stopped) return;
    await send(world, agent, held, step);
  }
}

/** Sends the result until the server answers, unless the attempt was stopped before. */
async function finish(world: FarmWorld, agent: FarmAgent, held: Held): Promise<void> {
  if (held.stopped) return;
  const { task_id: id, attempt } = held;
  const wasKnown = world.completed.get(id) === attempt;
  const result = { attempt, agent: agent.name };
  const status = await send(world, agent, held, [{ type: "completed", seq: LAST_SEQ, result }]);
  if (status === 200) {
    const earlier = world.completed.get(id);
    if (earlier !== undefined && earlier !== attempt)
      violation(world, `${nameOf(held)} was accepted after attempt ${earlier}`);
    world.completed.set(id, attempt);
    count(world, earlier === attempt ? "results repeated" : "results accepted");
  } else if (status === 409) {
    if (wasKnown) violation(world, `${nameOf(held)} was accepted and is called stale when repeated`);
    count(world, "results refused as stale");
  }
}

/** Sends events until the server answers; null where the run ended before that. */
async function send(
  world: FarmWorld,
  agent: FarmAgent,
  held: Held,
  events: unknown[],
): Promise<number | null> {
  const path = `/api/gpu/agent/tasks/${held.task_id}/events`;
  while (!world.done) {
    if (agent.isSilent()) {
      await pause(RETRY_MS);
      continue;
    }
    const answer = await askAs(world, agent.token, path, { json: { attempt: held.attempt, events } });
    if (isTransient(answer)) {
      count(world, "events sent again");
      await pause(RETRY_MS);
      continue;
    }
    if (answer.status === 409) held.stopped = true;
    else if (answer.status !== 200)
      violation(world, `events of ${nameOf(held)} answer ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.status;
  }
  return null;
}

/** So much higher than any attempt's number that it names none, not even a later one, which might be this agent's too. */
const NEVER_REACHED = 1_000_000;

/** Sends what no agent should send. The server must refuse it and change nothing. */
async function sendGarbage(world: FarmWorld, agent: FarmAgent, held: Held): Promise<void> {
  const path = `/api/gpu/agent/tasks/${held.task_id}/events`;
  const result = { attempt: -1, agent: "nobody" };
  const final = [{ type: "completed", seq: 1, result }];
  const attempts: [unknown, string, readonly number[]][] = [
    [{ attempt: held.attempt, events: [{ type: "completed", seq: -1, result: "done" }] }, agent.token, [422]],
    [{ attempt: "first", events: final }, agent.token, [422]],
    [{ attempt: held.attempt + NEVER_REACHED, events: final }, agent.token, [409]],
    [{ attempt: held.attempt, events: final }, `${agent.token}x`, [401]],
    [[], agent.token, [422]],
  ];
  for (const [json, token, expected] of attempts) {
    const answer = await askAs(world, token, path, { json });
    if (isTransient(answer)) continue;
    if (!expected.includes(answer.status))
      violation(world, `garbage ${JSON.stringify(json)} answers ${answer.status}`);
    else count(world, "garbage refused");
  }
}

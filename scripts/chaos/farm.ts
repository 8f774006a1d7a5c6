import { createAgent, pull } from "./farm-agents.ts";
import { checkFarm } from "./farm-invariants.ts";
import { listen } from "./farm-listeners.ts";
import type { Listener } from "./farm-listeners.ts";
import { createTasks } from "./farm-users.ts";
import { askAs, dataOf, LEASE_SECONDS, TIMEOUT_SECONDS } from "./farm-world.ts";
import type { FarmUser, FarmWorld } from "./farm-world.ts";
import { breakThings } from "./faults.ts";
import type { Scenario } from "./scenario.ts";
import { pause, violation } from "./world.ts";
import type { World } from "./world.ts";

const AGENTS = 30;
const USERS = 3;
const TASKS = 300;
/** The share of the time under faults in which tasks are created; the rest lets faults hit the last tasks too. */
const CREATING = 0.9;
/** Each user's balance in units: more than all holds together. */
const BALANCE = 50_000;
/**
 * How long, once nothing is broken any more, all tasks may take to end: three lost leases or a time-out, with the waiting
 * between.
 */
const SETTLING_MS = 120_000;
const ADMIN_PASSWORD = "chaos-administrator";
const UNLIMITED = "1000000000";

/** 300 tasks for 30 agents, some of which pull and some of which are called. Many of them misbehave. */
export function farm(): Scenario {
  const state = {
    tasks: new Map(),
    users: [] as FarmUser[],
    given: new Map(),
    completed: new Map(),
    calm: false,
    done: false,
  };
  let world: FarmWorld;

  return {
    settings: {
      POLL_INTERVAL_SECONDS: "1",
      LEASE_SECONDS: String(LEASE_SECONDS),
      PRICE_PER_MINUTE: "60",
      QUERIES_PER_MINUTE: UNLIMITED,
      ADMIN_PASSWORD,
    },

    async underFaults(shared, server, { minutes }) {
      world = Object.assign(state, shared);
      const admin = await signIn(world);
      const json = { max_concurrent_tasks_per_user: TASKS, default_task_timeout: TIMEOUT_SECONDS };
      dataOf("config", await askAs(world, admin, "/api/admin/config", { method: "PUT", json }));
      for (let number = 0; number < USERS; number++) world.users.push(await newUser(world, admin, number));
      const { listeners, pulling } = await startAgents(world, admin);
      const timer = setTimeout(world.end, minutes * 60_000);
      const creating = world.users.map((user) =>
        createTasks(world, user, TASKS / USERS, minutes * 60_000 * CREATING),
      );
      await Promise.all([breakThings(world, server), ...creating]);
      clearTimeout(timer);
      world.calm = true;
      world.say(`Nothing is broken any more; ${world.tasks.size} tasks, ${world.completed.size} completed`);
      await untilEnded(world, admin);
      world.done = true;
      await Promise.all([...pulling, ...listeners.map((listener) => listener.close())]);
    },

    async afterwards(_shared, stack, behind) {
      await stack.runCron("* * * * *");
      await stack.runCron("17 3 * * *");
      await checkFarm(world, behind, BALANCE, await signIn(world));
    },
  };
}

function signIn(world: World): Promise<string> {
  return login(world, "admin", ADMIN_PASSWORD);
}

async function login(world: World, username: string, password: string): Promise<string> {
  const answer = await askAs(world, null, "/api/auth/login", { json: { username, password } });
  return (dataOf("login", answer) as { token: string }).token;
}

async function newUser(world: FarmWorld, admin: string, number: number): Promise<FarmUser> {
  const name = `farmer${number}`;
  const password = "a farmer's pass phrase";
  const json = { username: name, email: `${name}@example.com`, password, full_name: "" };
  const registered = await askAs(world, null, "/api/auth/register", { json });
  const { id } = dataOf("register", registered) as { id: string };
  const money = { method: "PUT", json: { balance: BALANCE } };
  dataOf("balance", await askAs(world, admin, `/api/admin/users/${id}`, money));
  return { name, id, token: await login(world, name, password) };
}

/** Registers and starts all agents. Every second one is called by the server, the others ask it. */
async function startAgents(world: FarmWorld, admin: string) {
  const listeners: Listener[] = [];
  const pulling: Promise<void>[] = [];
  for (let number = 0; number < AGENTS; number++) {
    const name = `agent-${number}`;
    const slots = 1 + (number % 3);
    const listener = number % 2 === 0 ? await listen(world) : undefined;
    const json = { name, max_concurrent_tasks: slots, ...(listener && { agent_url: listener.url }) };
    const created = await askAs(world, admin, "/api/gpu/servers", { json });
    const { agent_token: token } = dataOf("new server", created) as { agent_token: string };
    const agent = createAgent(world, name, token, slots);
    if (listener) {
      listener.agent = agent;
      listeners.push(listener);
    } else pulling.push(pull(world, agent));
  }
  return { listeners, pulling };
}

async function untilEnded(world: FarmWorld, admin: string): Promise<void> {
  const until = performance.now() + SETTLING_MS;
  for (;;) {
    const answer = await askAs(world, admin, "/api/gpu/cluster/overview");
    const figures = dataOf("overview", answer) as { queue_length: number; total_running_tasks: number };
    const open = figures.queue_length + figures.total_running_tasks;
    if (open === 0) return;
    if (performance.now() > until)
      return violation(world, `${open} tasks are open ${SETTLING_MS / 1000} s after the last fault`);
    await pause(500);
  }
}

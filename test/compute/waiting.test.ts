import { expect, test, vi } from "vitest";
import { getTask } from "../../functions/compute/tasks/get-task.ts";
import { listTasks } from "../../functions/compute/tasks/list-tasks.ts";
import { cancelTask } from "../../functions/compute/tasks/cancel-task.ts";
import { createTask } from "../../functions/compute/tasks/create-task.ts";
import { retryTask } from "../../functions/compute/tasks/retry-task.ts";
import type { Ctx } from "../../functions/core/context.ts";
import { useDomain } from "../support/domain.ts";
import { completed, MINUTE, newAgent, withoutLimit } from "./dispatch-domain.ts";
import { draft, newTask, newUser } from "./tasks-domain.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();

const newest = { page: 1, page_size: 100, sort_by: "created_at", sort_order: "desc" } as const;

/** Why a task waits, as its page and the list say alike. */
async function reasonOf(ctx: Ctx, id: string) {
  const { waiting_for: shown } = await getTask(ctx, id);
  const { items } = await listTasks(ctx, newest);
  expect(items.find((task) => task.id === id)?.waiting_for).toEqual(shown);
  return shown?.reason ?? null;
}

test("a pending task says what it waits for, until it runs", async () => {
  const domain = await openDomain();
  const user = await newUser(domain, 100_000);
  const created = await newTask(user, { task_type: "train", config: { requirements: { memory: 24 } } });
  expect(created.waiting_for).toMatchObject({ reason: "no_server" });
  const reason = () => reasonOf(user, created.id);
  expect(await reason()).toBe("no_server");

  const agent = await newAgent(domain, 1, { task_types: ["render"], total_memory: 80 });
  const isActive = (value: 0 | 1) => domain.rows(`UPDATE gpu_servers SET is_active = ${value}`);
  await isActive(0);
  expect(await reason()).toBe("no_enabled_server");
  await isActive(1);
  expect(await reason()).toBe("no_online_server");
  await agent.heartbeat(0);
  expect(await reason()).toBe("no_server_for_type");

  const small = await newAgent(domain, 1, { task_types: ["train"], total_memory: 16 });
  await small.heartbeat(1);
  expect(await reason()).toBe("no_server_with_requirements");

  const busy = await newAgent(domain, 1, { task_types: ["train"], total_memory: 24 });
  const other = await newTask(user, { task_type: "train", priority: 5 });
  await small.heartbeat(1);
  const ahead = await newTask(user, { task_type: "train", priority: 5 });
  const {
    assign: [taken],
  } = await busy.heartbeat(1);
  expect(taken?.task_id).toBe(ahead.id);
  expect(await reason()).toBe("servers_full");
  for (const { id } of [other, ahead]) expect(await reasonOf(user, id)).toBeNull();

  if (taken) await busy.report(taken, completed());
  expect(await reason()).toBe("queue");
  await busy.heartbeat(1);
  expect(await reason()).toBeNull();
  expect((await cancelTask(user, created.id)).waiting_for).toBeNull();
  expect((await retryTask(user, created.id)).waiting_for).toMatchObject({ reason: "queue" });
  domain.advance(10 * MINUTE);
  expect(await reason()).toBe("no_online_server");
});

test("it says so in the reader's language", async () => {
  const domain = await openDomain();
  const user = await newUser(domain, 100_000);
  const agent = await newAgent(domain, 1, { task_types: [] });
  await agent.heartbeat(1);
  const { id } = await newTask(user, { task_type: "video_analysis" });
  const said = async (ctx: Ctx) => (await getTask(ctx, id)).waiting_for?.message;
  expect(await said(user)).toMatch(/^No server .* type video_analysis; check the type, or ask/);
  expect(await said({ ...user, locale: "zh-CN" })).toMatch(/video_analysis 类型的任务，请/);
});

test("it costs no round trip of its own", async () => {
  const domain = await openDomain();
  const user = await newUser(domain, 100_000);
  await createTask(user, draft(), "one");
  const { id } = await newTask(user);
  await newAgent(domain, 1);
  let trips = 0;
  const { db } = user.deps;
  const counted = new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        trips++;
        return Reflect.apply(value, target, args) as unknown;
      };
    },
  });
  const ctx = { ...user, deps: { ...user.deps, db: counted } };
  const cost = async (work: () => Promise<unknown>) => {
    trips = 0;
    await work();
    return trips;
  };
  const list = () => listTasks(ctx, newest);
  expect(await cost(list)).toBe(1);
  expect(await cost(() => getTask(ctx, id))).toBe(1);
});

test("a server with room takes what waits in the queue, and nothing else", async () => {
  const domain = await openDomain();
  await withoutLimit(domain);
  const user = await newUser(domain, 10_000_000);
  const card = (gpu_id: number, name: string, memory_total: number) => ({ gpu_id, name, memory_total });
  const machines = [
    {},
    { task_types: [] },
    { task_types: ["train"], total_memory: 32 },
    { task_types: ["render", "train"], gpus: [card(0, "NVIDIA A100-SXM4", 40), card(1, "Tesla T4", 16)] },
    { gpus: [card(0, "h100 ÄÖ", 80)] },
  ];
  const requirements = [
    {},
    { memory: 16 },
    { memory: 40, gpu_count: 2 },
    { memory: 41 },
    { gpu_count: 1 },
    { gpu_name: "a100" },
    { gpu_name: "H100 ÄÖ" },
    { gpu_name: "h100 äö" },
  ];
  const tasks: string[] = [];
  for (const task_type of ["train", "render"])
    for (const needs of requirements)
      tasks.push((await newTask(user, { task_type, config: { requirements: needs } })).id);

  let taken = 0;
  for (const machine of machines) {
    const agent = await newAgent(domain, 100, machine);
    await agent.heartbeat(0);
    const waiting = new Map((await listTasks(user, newest)).items.map((one) => [one.id, one.waiting_for]));
    const { assign } = await agent.heartbeat(100);
    taken += assign.length;
    const expected = tasks.filter((id) => waiting.get(id)?.reason === "queue");
    expect(assign.map(({ task_id }) => task_id).toSorted(), JSON.stringify(machine)).toEqual(
      expected.toSorted(),
    );
    await domain.rows("UPDATE tasks SET status = 'pending', gpu_server_id = NULL");
    await domain.rows("UPDATE gpu_servers SET is_active = 0");
  }
  expect(taken).toBeGreaterThan(machines.length);
  expect(taken).toBeLessThan(machines.length * tasks.length);
});

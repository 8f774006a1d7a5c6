import { expect, test, vi } from "vitest";
import { useDomain, type Domain } from "../support/domain.ts";
import { completed, newAgent, outcomes, taskRow, withoutLimit } from "./dispatch-domain.ts";
import { balanceOf, newTask, newUser, userIdOf } from "./tasks-domain.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();

const ids = (answer: { assign: { task_id: string }[] }) => answer.assign.map(({ task_id }) => task_id);

/** Puts pending tasks straight into the database, in the order of their ages. */
async function insertPending(domain: Domain, userIds: string[], priority = 0): Promise<string[]> {
  const rows = userIds.map((userId, index) => [`tsk_${priority}_${index}_${userId}`, userId, index]);
  await domain.rows({
    sql: `INSERT INTO tasks (id, user_id, title, description, task_type, priority, status, config, estimated_duration,
        price, hold, request_hash, created_at, updated_at)
      SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), '', '', 'test', ?, 'pending', '{}', 1, 0, 0, '',
        json_extract(value, '$[2]'), 0 FROM json_each(?)`,
    args: [priority, JSON.stringify(rows)],
  });
  return rows.map(([id]) => String(id));
}

test("30 agents at once run each of 300 tasks once, and each is charged once", async () => {
  const domain = await openDomain();
  await withoutLimit(domain);
  const users = await Promise.all(Array.from({ length: 3 }, () => newUser(domain, 100_000)));
  for (const user of users) await insertPending(domain, Array<string>(100).fill(userIdOf(user)));
  await domain.rows("UPDATE tasks SET price = 10, hold = 100");
  const agents = await Promise.all(Array.from({ length: 30 }, () => newAgent(domain, 4)));
  const taken: string[] = [];
  const work = async (agent: (typeof agents)[number]) => {
    for (;;) {
      const { assign } = await agent.heartbeat(3);
      if (assign.length === 0) return;
      for (const one of assign) {
        taken.push(`${one.task_id}/${one.attempt}`);
        await agent.report(one, completed());
      }
    }
  };
  await Promise.all(agents.map(work));
  expect(taken).toHaveLength(300);
  expect(new Set(taken).size).toBe(300);
  expect(await domain.rows("SELECT DISTINCT status, attempt FROM tasks")).toEqual([
    { status: "completed", attempt: 1 },
  ]);
  const money = await domain.rows<{ kind: string; count: number }>(
    "SELECT kind, count(*) AS count FROM ledger WHERE reference LIKE 'tsk_%' GROUP BY kind ORDER BY kind",
  );
  expect(money.find(({ kind }) => kind === "release")?.count).toBe(300);
  for (const user of users) await balanceOf(domain, user);
});

test("the highest priority goes first, then the oldest", async () => {
  const domain = await openDomain();
  const user = userIdOf(await newUser(domain, 0));
  const low = await insertPending(domain, [user, user, user]);
  const high = await insertPending(domain, [user, user], 7);
  const agent = await newAgent(domain, 10);
  const order: string[] = [];
  for (let claim = 0; claim < 5; claim++) {
    const before = new Set(order);
    order.push(...ids(await agent.heartbeat(1)).filter((id) => !before.has(id)));
  }
  expect(order).toEqual([...high, ...low]);
});

test("at equal priority the user with the fewest running goes first, within one claim too", async () => {
  const domain = await openDomain();
  const users = await Promise.all([newUser(domain, 0), newUser(domain, 0), newUser(domain, 0)]);
  const [heavy = "", light = "", late = ""] = users.map(userIdOf);
  await insertPending(domain, [...Array<string>(400).fill(heavy), light, light, late]);
  const agent = await newAgent(domain, 100);
  await agent.heartbeat(5);
  const running = await domain.rows(
    "SELECT user_id, count(*) AS n FROM tasks WHERE status = 'running' GROUP BY user_id",
  );
  expect(new Map(running.map(({ user_id, n }) => [user_id, n]))).toEqual(
    new Map([
      [heavy, 2],
      [light, 2],
      [late, 1],
    ]),
  );
});

test("of many waiting users nobody is passed over for one with thousands of tasks", async () => {
  const domain = await openDomain();
  const heavy = "usr_000_heavy";
  const many = Array.from({ length: 600 }, (_, index) => `usr_${String(index + 1).padStart(3, "0")}`);
  await domain.rows({
    sql: `INSERT INTO users (id, username, username_key, email, email_key, full_name, password_hash, role, is_active, created_at)
      SELECT value, value, value, value, value, '', '', 'user', 1, 0 FROM json_each(?)`,
    args: [JSON.stringify([heavy, ...many])],
  });
  await insertPending(domain, [...Array<string>(3000).fill(heavy), ...many]);
  const [urgent = ""] = await insertPending(domain, [many.at(-1) ?? ""], 9);
  const agents = await Promise.all(Array.from({ length: 11 }, () => newAgent(domain, 100)));
  const [first, ...rest] = agents;
  expect(ids(first ? await first.heartbeat(1) : { assign: [] })).toEqual([urgent]);
  for (const agent of rest) await agent.heartbeat(100);
  const [row] = await domain.rows<{ users: number; heavy: number }>({
    sql: `SELECT count(DISTINCT user_id) AS users, sum(user_id = ?) AS heavy FROM tasks WHERE status = 'running'`,
    args: [heavy],
  });
  expect(row?.users).toBe(601);
  expect(row?.heavy).toBeLessThan(500);
});

test("a server gets only what fits it, and never more than it may run", async () => {
  const domain = await openDomain();
  const user = await newUser(domain, 100_000);
  const requirements = [
    { memory: 24.5 },
    { gpu_count: 3 },
    { gpu_name: "h100" },
    { memory: 24, gpu_count: 2, gpu_name: "a100" },
  ];
  const tasks: string[] = [];
  for (const needs of requirements)
    tasks.push((await newTask(user, { config: { requirements: needs }, priority: 5 })).id);
  const plain = await newTask(user);
  const gpu = (gpu_id: number) => ({ gpu_id, name: "NVIDIA A100-SXM4", memory_total: 24 });
  const agent = await newAgent(domain, 10, { gpus: [gpu(0), gpu(1)] });
  expect(new Set(ids(await agent.heartbeat(10)))).toEqual(new Set([tasks[3], plain.id]));

  const small = await newAgent(domain, 1, { gpus: [{ gpu_id: 0, name: "H100", memory_total: 80 }] });
  const [one = ""] = ids(await small.heartbeat(5));
  expect([tasks[0], tasks[2]]).toContain(one);
  expect(ids(await small.heartbeat(5, [{ task_id: one, attempt: 1 }]))).toEqual([]);
});

test("a server that is not active gets nothing new", async () => {
  const domain = await openDomain();
  const user = await newUser(domain, 10_000);
  await newTask(user);
  const agent = await newAgent(domain);
  await domain.rows("UPDATE gpu_servers SET is_active = 0");
  expect(await agent.heartbeat(1)).toMatchObject({ assign: [], cancel: [] });
});

test("what was claimed in an answer that got lost is given again, as the same attempt", async () => {
  const domain = await openDomain();
  const user = await newUser(domain, 10_000);
  const { id } = await newTask(user);
  const agent = await newAgent(domain);
  const lost = await agent.heartbeat(1);
  const again = await agent.heartbeat(1);
  expect(again.assign).toMatchObject([{ task_id: id, attempt: 1, config: {}, lease_seconds: 300 }]);
  expect(again.assign[0]).toMatchObject({
    callback_url: `http://here/api/gpu/agent/tasks/${id}/events`,
    output_upload: { url: "http://here/api/v1/uploads", kind: "output" },
    inputs: [],
  });
  expect(lost.assign[0]?.timeout_seconds).toBe(3600);
  expect((await agent.heartbeat(1, [{ task_id: id, attempt: 1, progress: 40 }])).assign).toEqual([]);
  expect(await taskRow(domain, id)).toMatchObject({ attempt: 1, progress: 40, status: "running" });
  expect(await outcomes(domain, id)).toEqual([null]);
});

test("an agent gets tasks of the types that it has commands for, or of all where it does not say", async () => {
  const domain = await openDomain();
  const user = await newUser(domain, 10_000);
  const [render, train] = [
    await newTask(user, { task_type: "render", priority: 9 }),
    await newTask(user, { task_type: "train" }),
  ];
  const trainer = await newAgent(domain, 4, { task_types: ["train", "evaluate"] });
  expect(ids(await trainer.heartbeat(4))).toEqual([train.id]);
  const idle = await newAgent(domain, 4, { task_types: [] });
  expect(ids(await idle.heartbeat(4))).toEqual([]);
  const any = await newAgent(domain, 4);
  expect(ids(await any.heartbeat(4))).toEqual([render.id]);
});

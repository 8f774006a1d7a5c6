import { sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { concludeTasks, endTasks, meteredCost } from "../../functions/compute/queue/endings.ts";
import { transitions } from "../../functions/compute/queue/transitions.ts";
import { listTasks, type TaskFilter } from "../../functions/compute/tasks/list-tasks.ts";
import { createTask } from "../../functions/compute/tasks/create-task.ts";
import { retryTask } from "../../functions/compute/tasks/retry-task.ts";
import { cancelTask } from "../../functions/compute/tasks/cancel-task.ts";
import { deleteTask } from "../../functions/compute/tasks/delete-task.ts";
import { getTask } from "../../functions/compute/tasks/get-task.ts";
import { issueToken } from "../../functions/accounts/sign-in/tokens.ts";
import { createApp } from "../../functions/app.ts";
import type { UserActor } from "../../functions/core/context.ts";
import { forgetConfiguration } from "../../functions/core/configuration.ts";
import { openapiText } from "../../scripts/openapi.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import {
  assign,
  balanceOf,
  draft,
  movements,
  newServer,
  newTask,
  newUser,
  userIdOf,
} from "./tasks-domain.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();
const MINUTE = 60_000;

const set = (domain: Domain, name: string, value: unknown) =>
  domain.rows({
    sql: "INSERT OR REPLACE INTO settings (name, value, updated_at, updated_by) VALUES (?, ?, 0, 'test')",
    args: [name, JSON.stringify(value)],
  });

/** Ends a running task as a report of its agent does. */
async function end(domain: Domain, id: string, status: "completed" | "failed") {
  const now = domain.deps.clock();
  const cost = status === "completed" ? meteredCost(now) : 0;
  await domain.deps.db.write((q) => ({
    ended: endTasks(q, transitions[status], sql`id = ${id}`, { cost }, now),
    concluded: concludeTasks(q, sql`id = ${id}`, status, "test", now),
  }));
}

describe("money", () => {
  test("is held when a task is made, and comes back whole when it is cancelled before it ran", async () => {
    const domain = await openDomain();
    const user = await newUser(domain, 1000);
    const { id } = await newTask(user, { estimated_duration: 45 });
    expect(await balanceOf(domain, user)).toBe(550);
    expect(await cancelTask(user, id)).toMatchObject({ status: "cancelled", cost: 0 });
    expect(await movements(domain, id)).toEqual([
      ["hold", -450],
      ["release", 450],
    ]);
    expect(await balanceOf(domain, user)).toBe(1000);
  });

  test("is charged for the time until a running task is cancelled, every begun hundredth", async () => {
    const domain = await openDomain();
    const { id: server } = await newServer(domain);
    const user = await newUser(domain, 100_000);
    for (const [minutes, charged] of [
      [0, 0],
      [10, 100],
      [29, 290],
      [31, 300],
    ] as const) {
      const { id } = await newTask(user);
      const attempt = await assign(domain, id, server);
      domain.advance(minutes * MINUTE);
      const before = domain.deps.clock();
      const cancelled = await cancelTask(user, id);
      const row = await domain.rows<{ cost: number; started_at: number; completed_at: number }>({
        sql: "SELECT cost, started_at, completed_at FROM tasks WHERE id = ?",
        args: [id],
      });
      const [{ cost, started_at: from, completed_at: until } = { cost: 0, started_at: 0, completed_at: 0 }] =
        row;
      expect(until).toBeGreaterThanOrEqual(before);
      expect(cost).toBe(Math.min(300, Math.ceil(((until - from) * 10) / MINUTE)));
      expect(cost).toBeGreaterThanOrEqual(charged);
      expect(cost).toBeLessThanOrEqual(Math.min(300, charged + 10));
      expect(cancelled.cost).toBe(cost / 100);
      const moved = [["hold", -300], ["release", 300], ...(cost > 0 ? [["charge", -cost]] : [])];
      expect(await movements(domain, id)).toEqual(moved);
      expect(
        await domain.rows({
          sql: "SELECT attempt, outcome, ended_at FROM task_runs WHERE task_id = ?",
          args: [id],
        }),
      ).toEqual([{ attempt, outcome: "cancelled", ended_at: until }]);
    }
    await balanceOf(domain, user);
  });

  test("is held anew by every retry and settled once a round, whatever is repeated", async () => {
    const domain = await openDomain();
    const { id: server } = await newServer(domain);
    const user = await newUser(domain, 900);
    const { id } = await newTask(user);
    await assign(domain, id, server);
    await end(domain, id, "failed");
    await end(domain, id, "failed");
    expect(await balanceOf(domain, user)).toBe(900);
    const again = await retryTask(user, id);
    expect(again).toMatchObject({
      status: "pending",
      progress: 0,
      cost: 0,
      started_at: null,
      gpu_server_id: null,
    });
    expect(await balanceOf(domain, user)).toBe(600);
    await expect(retryTask(user, id)).rejects.toMatchObject({ code: "TASK_STATE_CONFLICT" });
    expect(await assign(domain, id, server)).toBe(2);
    domain.advance(5 * MINUTE);
    await end(domain, id, "completed");
    expect(await balanceOf(domain, user)).toBeLessThanOrEqual(850);
    expect(await balanceOf(domain, user)).toBeGreaterThan(840);
    await expect(retryTask(user, id)).rejects.toMatchObject({ code: "TASK_STATE_CONFLICT" });
    await expect(cancelTask(user, id)).rejects.toMatchObject({ code: "TASK_STATE_CONFLICT" });
    const kinds = (await movements(domain, id)).map(([kind]) => kind);
    expect(kinds).toEqual(["hold", "release", "hold", "release", "charge"]);
    await deleteTask(user, id);
    expect((await movements(domain, id)).length).toBe(5);
  });

  test("is told by round and in all, wherever a task is shown", async () => {
    const domain = await openDomain();
    const { id: server } = await newServer(domain);
    const user = await newUser(domain, 10_000);
    const { id } = await newTask(user);
    const filter = { page: 1, page_size: 5, sort_by: "created_at", sort_order: "desc" } as const;
    const costs = async () => {
      const [listed, shown] = [(await listTasks(user, filter)).items[0], await getTask(user, id)];
      expect([listed?.cost, listed?.total_cost]).toEqual([shown.cost, shown.total_cost]);
      return [shown.cost, shown.total_cost];
    };
    await assign(domain, id, server);
    domain.advance(10 * MINUTE);
    const first = await cancelTask(user, id);
    expect(first.cost).toBeGreaterThanOrEqual(1);
    expect(first.total_cost).toBe(first.cost);
    expect(await costs()).toEqual([first.cost, first.cost]);
    expect(await retryTask(user, id)).toMatchObject({ cost: 0, total_cost: first.cost });
    await assign(domain, id, server);
    domain.advance(5 * MINUTE);
    await end(domain, id, "failed");
    expect(await costs()).toEqual([0, first.cost]);
    await retryTask(user, id);
    await assign(domain, id, server);
    domain.advance(20 * MINUTE);
    await end(domain, id, "completed");
    const [cost = 0, total = 0] = await costs();
    expect(cost).toBeGreaterThanOrEqual(2);
    expect(Math.round(100 * total)).toBe(Math.round(100 * cost) + Math.round(100 * first.cost));
    expect(await balanceOf(domain, user)).toBe(10_000 - Math.round(100 * total));
  });

  test("that is not there refuses a task and a retry, and leaves nothing behind", async () => {
    const domain = await openDomain();
    const user = await newUser(domain, 599);
    const { id } = await newTask(user);
    await cancelTask(user, id);
    await newTask(user);
    const refusal = { code: "INSUFFICIENT_BALANCE", params: { amount: "3.00" } };
    await expect(newTask(user)).rejects.toMatchObject(refusal);
    await expect(retryTask(user, id)).rejects.toMatchObject(refusal);
    expect(await balanceOf(domain, user)).toBe(299);
    expect(await getTask(user, id)).toMatchObject({ status: "cancelled" });
    expect(await domain.rows("SELECT count(*) AS n FROM tasks")).toEqual([{ n: 2 }]);
  });

  test("moves not at all where tasks are free", async () => {
    const domain = await openDomain({ settings: { PRICE_PER_MINUTE: "0" } });
    const user = await newUser(domain, 0);
    const { id } = await newTask(user);
    await cancelTask(user, id);
    expect(await retryTask(user, id)).toMatchObject({ status: "pending" });
    expect(await balanceOf(domain, user)).toBe(0);
  });
});

describe("limits", () => {
  test("let through as many as they say, however many come at once, and a retry is one of them", async () => {
    const domain = await openDomain();
    const user = await newUser(domain, 1_000_000);
    const ended = await newTask(user);
    await cancelTask(user, ended.id);
    await set(domain, "max_concurrent_tasks_per_user", 7);
    const made = await Promise.allSettled(Array.from({ length: 20 }, () => newTask(user)));
    expect(made.filter(({ status }) => status === "fulfilled").length).toBe(7);
    for (const one of made) {
      if (one.status === "rejected")
        expect(one.reason).toMatchObject({ code: "TASK_LIMIT_EXCEEDED", params: { limit: 7 } });
    }
    expect(await balanceOf(domain, user)).toBe(1_000_000 - 7 * 300);
    await expect(retryTask(user, ended.id)).rejects.toMatchObject({ code: "TASK_LIMIT_EXCEEDED" });
    await set(domain, "max_concurrent_tasks_per_user", 8);
    await retryTask(user, ended.id);
    const other = await newUser(domain, 300);
    await newTask(other);
  });

  test("hold for an administrator as well, whom maintenance alone does not stop", async () => {
    const domain = await openDomain();
    const [user, admin] = [await newUser(domain, 1000), await newUser(domain, 299, "admin")];
    const { id } = await newTask(user);
    await cancelTask(user, id);
    await set(domain, "maintenance_mode", true);
    await expect(newTask(user)).rejects.toMatchObject({ code: "SERVER_UNAVAILABLE" });
    await expect(retryTask(user, id)).rejects.toMatchObject({ code: "SERVER_UNAVAILABLE" });
    await expect(newTask(admin)).rejects.toMatchObject({ code: "INSUFFICIENT_BALANCE" });
    await newTask(admin, { estimated_duration: 1 });
    await set(domain, "maintenance_mode", false);
    forgetConfiguration(domain.deps);
    await newTask(user);
  });
});

test("in maintenance users can read, what would change something is 503, and administrators are let in", async () => {
  const domain = await openDomain();
  await set(domain, "maintenance_mode", true);
  const app = createApp(domain.deps);
  const ask = async (role: "user" | "admin", path: string, method = "GET") => {
    const { id } = (await newUser(domain, 0, role)).actor as UserActor;
    const { token, sessionKey, expiresAt } = await issueToken(domain.deps, { id, tokenVersion: 0 }, 3600);
    await domain.rows({
      sql: "INSERT INTO sessions (id, user_id, created_at, expires_at) VALUES (?, ?, 0, ?)",
      args: [sessionKey, id, expiresAt],
    });
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const execution = {
      waitUntil: (work: Promise<unknown>) => domain.ctx.waitUntil(work),
      passThroughOnException: () => {},
      props: {},
    };
    return app.request(path, { method, headers, ...(method === "POST" && { body: "{}" }) }, {}, execution);
  };
  const changes = [
    ["POST", "/api/tasks"],
    ["POST", "/api/tasks/tsk_1/cancel"],
    ["POST", "/api/tasks/tsk_1/retry"],
    ["DELETE", "/api/tasks/tsk_1"],
    ["POST", "/api/recharge/redeem"],
  ] as const;
  for (const [method, path] of changes) {
    const refused = await ask("user", path, method);
    expect(refused.status, path).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("60");
    expect(await refused.json()).toMatchObject({ success: false, error_code: "SERVER_UNAVAILABLE" });
    expect([404, 422], path).toContain((await ask("admin", path, method)).status);
  }
  const { paths } = JSON.parse(openapiText()) as { paths: Record<string, { get?: unknown }> };
  for (const [path, { get }] of Object.entries(paths)) {
    if (get === undefined) continue;
    for (const method of ["GET", "HEAD"]) {
      const { status } = await ask("user", path.replaceAll(/\{\w+\}/g, "1"), method);
      expect(status, `${method} ${path}`).toBeLessThan(500);
    }
  }
});

describe("an idempotency key", () => {
  test("gives one task, also at once, also when the user may have no further one", async () => {
    const domain = await openDomain();
    const user = await newUser(domain, 300);
    const made = await Promise.all(Array.from({ length: 8 }, () => createTask(user, draft(), "one")));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await balanceOf(domain, user)).toBe(0);
    await set(domain, "max_concurrent_tasks_per_user", 1);
    expect((await createTask(user, draft(), "one")).id).toBe(made[0]?.id);
    await expect(createTask(user, draft({ title: "Another" }), "one")).rejects.toMatchObject({
      code: "IDEMPOTENCY_CONFLICT",
    });
    const other = await newUser(domain, 300);
    expect((await createTask(other, draft(), "one")).id).not.toBe(made[0]?.id);
  });
});

describe("lists", () => {
  const sortable = ["created_at", "updated_at", "priority"] as const;
  const states = ["pending", "running", "completed", "failed", "cancelled"] as const;

  async function seed(domain: Domain, count: number) {
    await set(domain, "max_concurrent_tasks_per_user", 10_000);
    const users = [await newUser(domain, 0), await newUser(domain, 0)];
    const admin = await newUser(domain, 0, "admin");
    const rows = Array.from({ length: count }, (_, index) => ({
      id: `tsk_${String((index * 7919) % count).padStart(6, "0")}`,
      user_id: userIdOf(index % 3 === 0 ? (users[1] ?? admin) : (users[0] ?? admin)),
      task_type: index % 4 === 0 ? "a" : "b",
      priority: (index * 31) % 4,
      status: states[(index * 13) % 5],
      created_at: 1000 + Math.floor(index / 3),
      updated_at: 5000 - ((index * 37) % 50),
    }));
    await domain.rows({
      sql: `INSERT INTO tasks (id, user_id, title, description, task_type, priority, status, config, estimated_duration, price, hold,
          request_hash, created_at, updated_at)
        SELECT value->>'id', value->>'user_id', 't', '', value->>'task_type', value->>'priority', value->>'status', '{}', 1, 0, 0, '',
          value->>'created_at', value->>'updated_at' FROM json_each(?)`,
      args: [JSON.stringify(rows)],
    });
    return { users, admin, rows };
  }

  test("show what their filters name, sorted and in pages, as a plain sort of all would", async () => {
    const domain = await openDomain();
    const { users, admin, rows } = await seed(domain, 240);
    const [user] = users;
    if (!user) throw new Error("no user");
    for (const status of [undefined, "pending", "failed"] as const)
      for (const task_type of [undefined, "a", "none"])
        for (const sort_by of sortable)
          for (const sort_order of ["asc", "desc"] as const)
            for (const user_id of [undefined, "all"]) {
              const found = rows
                .filter((row) => user_id === "all" || row.user_id === userIdOf(user))
                .filter((row) => status === undefined || row.status === status)
                .filter((row) => task_type === undefined || row.task_type === task_type)
                .toSorted((a, b) => {
                  const byField = a[sort_by] - b[sort_by];
                  const order = byField || a.created_at - b.created_at || (a.id < b.id ? -1 : 1);
                  return (
                    (sort_by === "updated_at" ? byField || (a.id < b.id ? -1 : 1) : order) *
                    (sort_order === "asc" ? 1 : -1)
                  );
                });
              const filter: TaskFilter = {
                page: 2,
                page_size: 7,
                status,
                task_type,
                sort_by,
                sort_order,
                user_id,
              };
              const page = await listTasks(user_id ? admin : user, filter);
              expect(
                page.items.map(({ id }) => id),
                JSON.stringify(filter),
              ).toEqual(found.slice(7, 14).map(({ id }) => id));
              expect(page).toMatchObject({
                total: found.length,
                total_pages: Math.ceil(found.length / 7),
                page: 2,
                page_size: 7,
              });
            }
  });

  test("are nobody's but the owner's and administrators'", async () => {
    const domain = await openDomain();
    const { users, admin, rows } = await seed(domain, 12);
    const [one, other] = users;
    if (!one || !other) throw new Error("no users");
    const all: TaskFilter = {
      page: 1,
      page_size: 100,
      sort_by: "created_at",
      sort_order: "desc",
      user_id: "all",
    };
    await expect(listTasks(one, all)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
    await expect(listTasks(one, { ...all, user_id: userIdOf(other) })).rejects.toMatchObject({
      code: "ACCESS_DENIED",
    });
    const own = (await listTasks(one, { ...all, user_id: userIdOf(one) })).items;
    expect((await listTasks(admin, { ...all, user_id: userIdOf(one) })).items).toEqual(own);
    expect((await listTasks(admin, all)).total).toBe(rows.length);
  });
});

test("the audit has a row for every change and none for what changed nothing", async () => {
  const domain = await openDomain();
  const [user, other] = [await newUser(domain, 1000), await newUser(domain, 1000)];
  const { id } = await newTask(user);
  for (const change of [cancelTask, retryTask, deleteTask])
    await expect(change(other, id)).rejects.toMatchObject({ code: "TASK_NOT_FOUND" });
  await expect(deleteTask(user, id)).rejects.toMatchObject({ code: "TASK_STATE_CONFLICT" });
  await cancelTask(user, id);
  await retryTask(user, id);
  await cancelTask(user, id);
  await deleteTask(user, id);
  await expect(deleteTask(user, id)).rejects.toMatchObject({ code: "TASK_NOT_FOUND" });
  const rows = await domain.rows("SELECT actor, action, target FROM audit ORDER BY id");
  const actions = ["create", "cancel", "retry", "cancel", "delete"].map((verb) => `task.${verb}`);
  expect(rows).toEqual(actions.map((action) => ({ actor: userIdOf(user), action, target: id })));
});

import { describe, expect, test } from "vitest";
import type { Account } from "../support/accounts.ts";
import { signedInSuite, type SignedInEndpoint } from "../support/auth-suite.ts";
import { execute } from "../support/behind.ts";
import { clientOf, expectRefusal, newClient, recharge, stack } from "./tasks-client.ts";

const codes = { 401: "INVALID_CREDENTIALS", 403: "ACCESS_DENIED", 404: "RESOURCE_NOT_FOUND" };
const expectError: SignedInEndpoint["expectError"] = (answer, status) =>
  expectRefusal(answer, status, codes[status]);
const own =
  (action = "", cancelled = false) =>
  async (owner: Account) => {
    const client = clientOf(owner);
    await recharge(owner, 1000);
    const { id } = await client.create();
    if (cancelled) await client.post(`/api/tasks/${id}/cancel`);
    return `/api/tasks/${id}${action}`;
  };
const ownLogs = async (owner: Account) => (await own()(owner)).replace("/api/", "/api/logs/");
const common = { needs: "user", expectError } as const;

signedInSuite(
  () => stack,
  [
    { ...common, method: "GET", path: "/api/tasks" },
    { ...common, method: "POST", path: "/api/tasks", body: { title: "t", task_type: "test" } },
    { ...common, method: "GET", path: own(), otherOwner: 404 },
    { ...common, method: "GET", path: own("/outputs/a.bin"), otherOwner: 404 },
    { ...common, method: "POST", path: own("/cancel"), otherOwner: 404 },
    { ...common, method: "POST", path: own("/retry", true), otherOwner: 404 },
    { ...common, method: "DELETE", path: own("", true), otherOwner: 404 },
    { ...common, method: "GET", path: ownLogs, otherOwner: 404 },
  ],
);

const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe("the contract's examples", () => {
  const example = {
    title: "视频分析任务",
    description: "分析视频内容",
    task_type: "video_analysis",
    priority: 2,
    estimated_duration: 30,
    config: { video_url: "https://example.com/video.mp4", analysis_type: "content" },
  };

  test("create, list, show, cancel, retry and delete a task", async () => {
    const client = await newClient();
    const created = await client.create(example);
    expect(created).toMatchObject({
      id: expect.stringMatching(/^tsk_/),
      title: example.title,
      status: "pending",
      progress: 0,
      created_at: moment,
    });
    expect(await client.balance()).toBe(97);
    const { id } = created;

    expect(await client.list("?page=1&page_size=20&status=running")).toEqual({
      items: [],
      total: 0,
      page: 1,
      page_size: 20,
      total_pages: 0,
    });
    const listed = await client.list("?page=1&page_size=20&status=pending");
    // Other tests' servers come and go.
    const pending = { reason: expect.stringMatching(/./), message: expect.stringMatching(/./) };
    expect(listed).toEqual({
      items: [{ ...created, waiting_for: pending }],
      total: 1,
      page: 1,
      page_size: 20,
      total_pages: 1,
    });

    expect(await client.get(`/api/tasks/${id}`)).toEqual({
      id,
      user_id: client.account.id,
      username: client.account.username,
      ...example,
      status: "pending",
      waiting_for: pending,
      progress: 0,
      gpu_server_id: null,
      gpu_server_name: null,
      result: {},
      outputs: [],
      error_message: null,
      cost: 0,
      total_cost: 0,
      attempt: 0,
      started_at: null,
      completed_at: null,
      created_at: created.created_at,
      updated_at: created.created_at,
    });

    const cancelled = await client.post(`/api/tasks/${id}/cancel`);
    expect(cancelled).toMatchObject({ id, status: "cancelled", cost: 0, completed_at: moment });
    expect(await client.balance()).toBe(100);
    expect(await client.post(`/api/tasks/${id}/retry`)).toMatchObject({
      id,
      status: "pending",
      completed_at: null,
    });
    expect(await client.balance()).toBe(97);
    expectRefusal(await client.send(`/api/tasks/${id}`, { method: "DELETE" }), 409, "TASK_STATE_CONFLICT");
    await client.post(`/api/tasks/${id}/cancel`);
    expectRefusal(
      await client.send(`/api/tasks/${id}/cancel`, { method: "POST" }),
      409,
      "TASK_STATE_CONFLICT",
    );
    const deleted = await client.send(`/api/tasks/${id}`, { method: "DELETE" });
    expect(deleted.body).toEqual({ success: true, message: "Task deleted", data: null, error_code: null });
    for (const [method, path] of [
      ["GET", ""],
      ["DELETE", ""],
      ["POST", "/cancel"],
      ["POST", "/retry"],
      ["GET", "/outputs/x"],
    ] as const)
      expectRefusal(await client.send(`/api/tasks/${id}${path}`, { method }), 404, "RESOURCE_NOT_FOUND");
    expect((await client.list()).total).toBe(0);
  });

  test("a task with nothing but what is needed has the documented defaults, a trailing slash or not", async () => {
    const client = await newClient();
    const answer = await client.send<{ data: { id: string } }>("/api/tasks/", {
      json: { title: "测试任务", task_type: "test", description: "这是一个测试任务", unknown: 1 },
      headers: { "accept-language": "zh-CN" },
    });
    expect(answer.body).toMatchObject({ success: true, message: "任务创建成功" });
    expect(await client.get(`/api/tasks/${answer.body.data.id}/`)).toMatchObject({
      priority: 0,
      estimated_duration: 30,
      config: {},
    });
  });

  test("the log of a task's attempts comes in order and in pages", async () => {
    const client = await newClient();
    const { id } = await client.create();
    for (const [attempt, seq] of [
      [2, 1],
      [1, 3],
      [1, 1],
      [1, 2],
    ] as const)
      await execute(
        stack,
        "INSERT INTO task_logs (task_id, attempt, seq, at, level, message) VALUES (?, ?, ?, 1000, 'INFO', ?)",
        [id, attempt, seq, `${attempt}.${seq}`],
      );
    const page = await client.get<{ items: Record<string, unknown>[]; total: number; page_size: number }>(
      `/api/logs/tasks/${id}`,
    );
    expect(page.items.map(({ message }) => message)).toEqual(["1.1", "1.2", "1.3", "2.1"]);
    expect(page).toMatchObject({ total: 4, page_size: 50 });
    expect(page.items[0]).toEqual({
      attempt: 1,
      seq: 1,
      timestamp: "1970-01-01T00:00:01.000Z",
      level: "INFO",
      message: "1.1",
    });
    expect(await client.get(`/api/logs/tasks/${id}?page=2&page_size=3`)).toMatchObject({
      items: [{ message: "2.1" }],
      total: 4,
      total_pages: 2,
    });
  });
});

describe("refusals", () => {
  test("name the limit, the balance and the field", async () => {
    const client = await newClient("user", 1700);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        client.send("/api/tasks", { json: { title: "t", task_type: "test" } }),
      ),
    );
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(15);
    for (const answer of refused) {
      expectRefusal(answer, 429, "TASK_LIMIT_EXCEEDED");
      expect(answer.text).toContain("5 open tasks");
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect(await client.balance()).toBe(2);
    const [first] = (await client.list()).items;
    await client.post(`/api/tasks/${first?.id}/cancel`);
    const poor = await client.send("/api/tasks", {
      json: { title: "t", task_type: "test", estimated_duration: 51 },
    });
    expectRefusal(poor, 400, "INSUFFICIENT_BALANCE");
    expect(poor.text).toContain("5.10");
    await client.create({ estimated_duration: 50 });
    expect(await client.balance()).toBe(0);
  });

  test("of input are 422 and name every field", async () => {
    const client = await newClient();
    const deep = `{"title":"t","task_type":"t","config":{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}}`;
    const tooDeep = await client.send("/api/tasks", {
      body: deep,
      headers: { "content-type": "application/json" },
    });
    expectRefusal(tooDeep, 422, "VALIDATION_ERROR", {
      field_errors: { config: ["nest it less deeply: 100 levels are the most"] },
    });
    const good = { title: "t", task_type: "test" };
    for (const [changes, field] of [
      [{ title: undefined }, "title"],
      [{ title: "  " }, "title"],
      [{ title: "t".repeat(201) }, "title"],
      [{ title: "\ud800" }, "title"],
      [{ task_type: "a b" }, "task_type"],
      [{ task_type: "t".repeat(65) }, "task_type"],
      [{ priority: 11 }, "priority"],
      [{ priority: 1.5 }, "priority"],
      [{ priority: "2" }, "priority"],
      [{ estimated_duration: 0 }, "estimated_duration"],
      [{ estimated_duration: 43_201 }, "estimated_duration"],
      [{ config: [] }, "config"],
      [{ config: { a: "文".repeat(22_000) } }, "config"],
      [{ config: { requirements: { memory: -1 } } }, "config.requirements.memory"],
      [{ config: { requirements: { gpu_count: 1.5 } } }, "config.requirements.gpu_count"],
      [{ config: { requirements: { gpu_name: "" } } }, "config.requirements.gpu_name"],
      [{ config: { inputs: ["upl_1"] } }, "config.inputs.0"],
      [{ config: { inputs: [`upl_${"0".repeat(26)}`] } }, "config.inputs"],
    ] as const) {
      const answer = await client.send("/api/tasks", { json: { ...good, ...changes } });
      expectRefusal(answer, 422, "VALIDATION_ERROR", {
        field_errors: { [field]: [expect.stringMatching(/./)] },
      });
    }
    for (const [query, field] of [
      ["status=done", "status"],
      ["page=0", "page"],
      ["page=x", "page"],
      ["page_size=101", "page_size"],
      ["page=1&page=2", "page"],
      ["sort_by=title", "sort_by"],
      ["sort_order=up", "sort_order"],
      ["task_type=a%20b", "task_type"],
    ]) {
      const answer = await client.send(`/api/tasks?${query}`);
      expectRefusal(answer, 422, "VALIDATION_ERROR", {
        field_errors: { [field ?? ""]: [expect.stringMatching(/./)] },
      });
    }
    expectRefusal(await client.send("/api/tasks?user_id=all"), 403, "ACCESS_DENIED");
    expect((await client.list()).total).toBe(0);
  });
});

test("an idempotency key makes one task of many requests", async () => {
  const client = await newClient();
  const key = { "idempotency-key": "my-task" };
  const made = await Promise.all(Array.from({ length: 6 }, () => client.create({ title: "once" }, key)));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  expect(await client.balance()).toBe(97);
  const another = await client.send("/api/tasks", {
    json: { title: "twice", task_type: "test" },
    headers: key,
  });
  expectRefusal(another, 409, "IDEMPOTENCY_CONFLICT");
});

test("an administrator sees and stops everybody's tasks, and the money stays the owner's", async () => {
  const [client, admin] = await Promise.all([newClient(), newClient("admin", 0)]);
  const { id } = await client.create();
  expect(await admin.get(`/api/tasks/${id}`)).toMatchObject({ id, user_id: client.account.id });
  expect((await admin.list()).items).toEqual([]);
  expect((await admin.list(`?user_id=${client.account.id}`)).items.map((task) => task.id)).toEqual([id]);
  expect((await admin.list("?user_id=all&page_size=1")).total).toBeGreaterThan(0);
  await admin.post(`/api/tasks/${id}/cancel`);
  expect(await client.balance()).toBe(100);
  await admin.post(`/api/tasks/${id}/retry`);
  expect(await client.balance()).toBe(97);
  expect(await admin.balance()).toBe(0);
  expect(await client.get(`/api/tasks/${id}`)).toMatchObject({
    user_id: client.account.id,
    status: "pending",
  });
});

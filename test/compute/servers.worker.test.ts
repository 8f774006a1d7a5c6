import { describe, expect, test } from "vitest";
import { newAccount, bearer } from "../support/accounts.ts";
import { pullAgent } from "../support/agent.ts";
import { signedInSuite } from "../support/auth-suite.ts";
import { sharedStack, type Answer } from "../support/stack.ts";

const stack = sharedStack();

type Server = Record<string, unknown> & { id: string; name: string; agent_token: string };
type Success<T> = { success: true; message: string; data: T; error_code: null };

const name = () => `GPU-${Math.random().toString(36).slice(2)}`;

async function administrator() {
  const { token } = await newAccount(stack, "admin");
  const send = <T = unknown>(method: string, path: string, json?: unknown) =>
    stack.request<Success<T>>(path, { method, json, headers: bearer(token) });
  const done = async <T>(method: string, path: string, json?: unknown): Promise<T> => {
    const answer = await send<T>(method, path, json);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toMatchObject({ success: true, error_code: null });
    return answer.body.data;
  };
  const register = (fields: Record<string, unknown> = {}) =>
    done<Server>("POST", "/api/gpu/servers", { name: name(), max_concurrent_tasks: 4, ...fields });
  return { send, done, register };
}

function expectRefusal(answer: Answer<unknown>, status: number, code: string, fields?: string[]): void {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.body).toMatchObject({ success: false, message: expect.any(String), error_code: code });
  const { details } = answer.body as { details: { field_errors?: Record<string, string[]> } };
  expect(Object.keys(details.field_errors ?? {})).toEqual(fields ?? []);
}

const codes = { 401: "INVALID_CREDENTIALS", 403: "ACCESS_DENIED", 404: "RESOURCE_NOT_FOUND" };
const expectError = (answer: Answer<unknown>, status: 401 | 403 | 404) =>
  expectRefusal(answer, status, codes[status]);
const some = async (rest = "") => {
  const { register } = await administrator();
  return `/api/gpu/servers/${(await register()).id}${rest}`;
};

signedInSuite(
  () => stack,
  [
    { method: "GET", path: "/api/gpu/servers", needs: "user", expectError },
    { method: "GET", path: () => some(), needs: "user", expectError },
    { method: "GET", path: () => some("/status"), needs: "user", expectError },
    { method: "GET", path: () => some("/readings"), needs: "user", expectError },
    { method: "GET", path: "/api/gpu/cluster/overview", needs: "user", expectError },
    { method: "POST", path: "/api/gpu/servers", body: { name: name() }, needs: "admin", expectError },
    { method: "PUT", path: () => some(), body: { is_active: true }, needs: "admin", expectError },
    { method: "DELETE", path: () => some(), needs: "admin", expectError },
    { method: "POST", path: () => some("/rotate-token"), needs: "admin", expectError },
  ],
);

const gpus = [
  { gpu_id: 0, name: "RTX 4090", usage: 85.5, memory_used: 10.2, memory_total: 12 },
  { gpu_id: 1, name: "RTX 4090", usage: 92.1, memory_used: 11.8, memory_total: 12, temperature: 71 },
];
const report = {
  cpu_usage: 45.2,
  memory_usage: 68.3,
  total_memory: 24,
  used_memory: 12.5,
  gpus,
  want: 0,
  task_types: ["kind"],
};

describe("servers", () => {
  test("are listed and shown as documented, with what their agents report", async () => {
    const { done, register } = await administrator();
    const { id, name, agent_token: token, ...created } = await register();
    expect(token).toMatch(/^gpa_[\w-]{43}$/);
    expect(created).toMatchObject({ status: "offline", last_heartbeat: null, gpu_count: 0, is_active: true });
    expect((await pullAgent(stack, token).heartbeat(report)).status).toBe(200);

    const listed = (await done<Server[]>("GET", "/api/gpu/servers")).find((server) => server.id === id);
    expect(listed).toEqual({
      id,
      name,
      host: expect.any(String),
      status: "online",
      is_active: true,
      current_tasks: 0,
      max_concurrent_tasks: 4,
      total_memory: 24,
      used_memory: 12.5,
      gpu_count: 2,
      task_types: ["kind"],
      cpu_usage: 45.2,
      memory_usage: 68.3,
      last_heartbeat: expect.stringMatching(/Z$/),
    });
    expect(await done("GET", `/api/gpu/servers/${id}`)).toMatchObject({ ...listed, agent_url: null });
    expect(await done("GET", `/api/gpu/servers/${id}/status`)).toEqual({
      server_id: id,
      status: "online",
      cpu_usage: 45.2,
      memory_usage: 68.3,
      gpu_usage: [{ ...gpus[0], temperature: null }, gpus[1]],
      running_tasks: [],
      timestamp: listed?.last_heartbeat,
    });
    const { items } = await done<{ items: unknown[] }>("GET", `/api/gpu/servers/${id}/readings`);
    expect(items).toMatchObject([
      { cpu_usage: 45.2, gpu_usage: 88.8, gpu_memory_used: 22, running_tasks: 0 },
    ]);
    const overview = await done<Record<string, number>>("GET", "/api/gpu/cluster/overview");
    expect(Object.keys(overview)).toEqual([
      "total_servers",
      "online_servers",
      "offline_servers",
      "total_gpus",
      "busy_gpus",
      "idle_gpus",
      "total_running_tasks",
      "queue_length",
      "average_gpu_usage",
      "total_memory",
      "used_memory",
    ]);
    expect(overview.busy_gpus).toBeGreaterThanOrEqual(2);
    expect((overview.online_servers ?? 0) + (overview.offline_servers ?? 0)).toBe(overview.total_servers);
  });

  test("are changed, given another token and deleted", async () => {
    const { done, send, register } = await administrator();
    const { id, agent_token: first } = await register();
    const changed = {
      name: name(),
      max_concurrent_tasks: 2,
      is_active: false,
      agent_url: "http://127.0.0.1:1/",
    };
    expect(await done("PUT", `/api/gpu/servers/${id}`, changed)).toMatchObject({
      ...changed,
      agent_url: "http://127.0.0.1:1",
      host: "127.0.0.1",
    });
    await done("PUT", `/api/gpu/servers/${id}`, { agent_url: null });
    const { agent_token: second } = await done<Server>("POST", `/api/gpu/servers/${id}/rotate-token`);
    expectRefusal(await pullAgent(stack, first).heartbeat(report), 401, "INVALID_AGENT_TOKEN");
    expect((await pullAgent(stack, second).heartbeat(report)).status).toBe(200);
    await done("DELETE", `/api/gpu/servers/${id}`);
    expectRefusal(await pullAgent(stack, second).heartbeat(report), 401, "INVALID_AGENT_TOKEN");
    for (const [method, path] of [
      ["GET", ""],
      ["GET", "/status"],
      ["GET", "/readings"],
      ["PUT", ""],
      ["DELETE", ""],
      ["POST", "/rotate-token"],
    ] as const)
      expectRefusal(
        await send(method, `/api/gpu/servers/${id}${path}`, method === "PUT" ? {} : undefined),
        404,
        "RESOURCE_NOT_FOUND",
      );
  });

  test("that cannot be are refused", async () => {
    const { send, register } = await administrator();
    const { name: taken, id } = await register();
    const other = await register();
    expectRefusal(
      await send("POST", "/api/gpu/servers", { name: taken, max_concurrent_tasks: 1 }),
      409,
      "GPU_SERVER_EXISTS",
    );
    expectRefusal(
      await send("PUT", `/api/gpu/servers/${other.id}`, { name: taken }),
      409,
      "GPU_SERVER_EXISTS",
    );
    for (const [field, value] of [
      ["name", " "],
      ["name", "n".repeat(101)],
      ["name", "\ud800"],
      ["max_concurrent_tasks", 0],
      ["max_concurrent_tasks", 1001],
      ["agent_url", "not a url"],
      ["agent_url", "ftp://example.com"],
      ["agent_url", "https://me:secret@example.com"],
    ] as const) {
      const refused = await send("PUT", `/api/gpu/servers/${id}`, { [field]: value });
      expectRefusal(refused, 422, "VALIDATION_ERROR", [field]);
    }
  });
});

/** Arrays within each other. */
const nested = (depth: number): unknown => (depth === 0 ? 0 : [nested(depth - 1)]);

describe("an agent", () => {
  test("without a token of its own is refused, whatever it says", async () => {
    const { token } = await newAccount(stack, "admin");
    for (const bad of ["", "gpa_", `gpa_${"A".repeat(43)}`, token]) {
      expectRefusal(await pullAgent(stack, bad).heartbeat({}), 401, "INVALID_AGENT_TOKEN");
      const attempt = { task_id: "tsk_0", attempt: 1 };
      expectRefusal(await pullAgent(stack, bad).events(attempt, []), 401, "INVALID_AGENT_TOKEN");
    }
  });

  test("that reports values out of range is understood, one that reports garbage is refused", async () => {
    const { done, register } = await administrator();
    const { id, agent_token } = await register();
    const agent = pullAgent(stack, agent_token);
    const odd = {
      cpu_usage: 250,
      memory_usage: -3,
      version: `${"v".repeat(49)}😀`,
      gpus: [{ gpu_id: 0, name: "x".repeat(300), usage: 1e9, memory_total: 8 }],
      unknown: { deep: [1] },
      want: 0,
    };
    expect((await agent.heartbeat(odd)).status).toBe(200);
    expect(await done("GET", `/api/gpu/servers/${id}`)).toMatchObject({
      cpu_usage: 100,
      memory_usage: 0,
      total_memory: 8,
      agent_version: `${"v".repeat(49)}\ufffd`,
      gpus: [{ name: "x".repeat(100), usage: 100 }],
    });
    for (const [field, value] of [
      ["cpu_usage", "much"],
      ["gpus", {}],
      ["gpus", Array.from({ length: 65 }, (_, gpu_id) => ({ gpu_id }))],
      ["running_tasks", [{ task_id: 7, attempt: "x" }]],
      ["want", -1],
    ] as const) {
      const refused = await agent.heartbeat({ [field]: value });
      expect([refused.status, refused.body], field).toMatchObject([422, { error_code: "VALIDATION_ERROR" }]);
    }
    const attempt = { task_id: "tsk_0", attempt: 1 };
    const line = { type: "log", seq: 1, message: "a line" };
    for (const events of [
      Array.from({ length: 501 }, (_, seq) => ({ ...line, seq })),
      [{ type: "nothing", seq: 1 }],
      [{ type: "log", seq: -1, message: "" }],
      [{ type: "completed", seq: 1, result: { text: "x".repeat(65_536) } }],
      [{ type: "completed", seq: 1, result: "done" }],
      [{ type: "completed", seq: 1, result: { deep: nested(200) } }],
    ])
      expect(await agent.events(attempt, events)).toMatchObject({
        status: 422,
        body: { error_code: "VALIDATION_ERROR" },
      });
    const huge = { ...line, message: "x".repeat(300_000) };
    expectRefusal(await agent.events(attempt, [huge]), 413, "FILE_TOO_LARGE");
    expectRefusal(await agent.events(attempt, [line]), 404, "RESOURCE_NOT_FOUND");
  });

  test("leaves its token in no log", async () => {
    const { register } = await administrator();
    const { agent_token } = await register();
    await pullAgent(stack, agent_token).heartbeat({ want: 0 });
    await stack.request(`/api/gpu/agent/${agent_token}?token=${agent_token}`);
    expect(JSON.stringify(await stack.logs())).not.toContain(agent_token);
  });
});

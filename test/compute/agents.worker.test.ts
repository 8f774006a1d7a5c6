import { expect, test } from "vitest";
import { bearer, newAccount } from "../support/accounts.ts";
import { pullAgent, startPushAgent } from "../support/agent.ts";
import { execute } from "../support/behind.ts";
import { ownStack } from "../support/own-stack.ts";

const stack = ownStack({});

type Task = { id: string; status: string; progress: number; cost: number; result: unknown; attempt: number };

/** An administrator with 100.00, so that both halves of the farm are at hand. */
async function farm() {
  const { id, token } = await newAccount(stack(), "admin");
  await execute(
    stack(),
    `INSERT INTO ledger (user_id, kind, amount, key, reference, description, actor, created_at)
     VALUES (?, 'adjustment', 10000, ?, '', '', 'test', 0)`,
    [id, `test:${id}`],
  );
  const send = async <T>(method: string, path: string, json?: unknown) => {
    const answer = await stack().request<{ data: T }>(path, { method, json, headers: bearer(token) });
    expect(answer.status, answer.text).toBe(200);
    return answer.body.data;
  };
  return {
    send,
    create: () => send<Task>("POST", "/api/tasks", { title: "a task", task_type: "test" }),
    task: (id: string) => send<Task>("GET", `/api/tasks/${id}`),
    register: (fields: Record<string, unknown>) =>
      send<{ id: string; agent_token: string }>("POST", "/api/gpu/servers", {
        name: `GPU-${Math.random()}`,
        max_concurrent_tasks: 2,
        ...fields,
      }),
  };
}

test("a pulling agent takes a task, reports it, and the same end again is no fault", async () => {
  const { create, task, register, send } = await farm();
  const { id: server, agent_token } = await register({});
  const agent = pullAgent(stack(), agent_token);
  const { id } = await create();
  const { body } = await agent.heartbeat({ want: 2 });
  const [given] = body.data.assign;
  expect(given).toMatchObject({
    task_id: id,
    attempt: 1,
    task_type: "test",
    config: {},
    callback_url: `${stack().url}/api/gpu/agent/tasks/${id}/events`,
  });
  if (!given) return;
  expect(body.data.next_seconds).toBeGreaterThanOrEqual(1);

  const at = new Date().toISOString();
  const events = [
    { type: "log", seq: 2, message: "second", level: "warn" },
    { type: "log", seq: 1, message: "first", at },
    { type: "progress", seq: 3, progress: 45.5 },
  ];
  for (let time = 0; time < 2; time++) expect((await agent.events(given, events)).status).toBe(200);
  expect(await task(id)).toMatchObject({ status: "running", progress: 45.5 });
  expect(await send("GET", `/api/gpu/servers/${server}/status`)).toMatchObject({
    running_tasks: [{ task_id: id, progress: 45.5 }],
  });
  expect(await send("GET", `/api/logs/tasks/${id}`)).toMatchObject({
    items: [
      { seq: 1, message: "first", level: "INFO", timestamp: at },
      { seq: 2, message: "second", level: "WARNING" },
    ],
  });
  const end = [{ type: "completed", seq: 4, result: { frames: 7 } }];
  for (let time = 0; time < 2; time++) expect((await agent.events(given, end)).status).toBe(200);
  expect(await task(id)).toMatchObject({ status: "completed", progress: 100, result: { frames: 7 } });
  const stale = await agent.events({ task_id: id, attempt: 2 }, end);
  expect([stale.status, stale.body]).toMatchObject([409, { error_code: "STALE_ATTEMPT" }]);
  await send("DELETE", `/api/gpu/servers/${server}`);
});

test("an agent that listens is given a task at once and told at once to stop it", async () => {
  const { create, task, register, send } = await farm();
  const agent = await startPushAgent();
  try {
    const { id: server, agent_token } = await register({ agent_url: agent.url });
    await stack().runCron("* * * * *");
    const { id } = await create();
    await agent.until(() => agent.running.has(id));
    expect(agent.calls.at(-1)).toMatchObject({ call: "POST /tasks", token: agent_token });
    expect(agent.running.get(id)?.callback_url).toBe(`${stack().url}/api/gpu/agent/tasks/${id}/events`);
    expect(await task(id)).toMatchObject({ status: "running", attempt: 1, gpu_server_id: server });
    await send("POST", `/api/tasks/${id}/cancel`);
    await agent.until(() => !agent.running.has(id));
  } finally {
    await agent.stop();
  }
});

test("agents that redirect or answer without end are marked, on the Worker's own runtime too", async () => {
  const { register, send } = await farm();
  const agents = await Promise.all([startPushAgent("redirect"), startPushAgent("huge")]);
  try {
    const servers = await Promise.all(agents.map(({ url }) => register({ agent_url: url })));
    await stack().runCron("* * * * *");
    const [redirecting, huge] = await Promise.all(
      servers.map(({ id }) => send<{ last_error: string }>("GET", `/api/gpu/servers/${id}`)),
    );
    expect(redirecting?.last_error).toBe("answers with a redirect");
    expect(huge?.last_error).toBe("answers more than 1 MiB");
    expect(agents[0].calls).toHaveLength(1);
  } finally {
    for (const agent of agents) await agent.stop();
  }
});

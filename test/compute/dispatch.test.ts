import { afterEach, describe, expect, test, vi } from "vitest";
import { dispatch, dispatchSoon } from "../../functions/compute/agents/dispatch.ts";
import { createServer } from "../../functions/compute/servers/create-server.ts";
import { updateServer } from "../../functions/compute/servers/update-server.ts";
import { getServer } from "../../functions/compute/servers/servers.ts";
import { cancelTask } from "../../functions/compute/tasks/cancel-task.ts";
import type { Database } from "../../functions/core/database/database.ts";
import { startPushAgent, type Manner } from "../support/agent.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { failingAt } from "../support/domain/faults.ts";
import { asAdmin, MINUTE, outcomes, taskRow } from "./dispatch-domain.ts";
import { newTask, newUser } from "./tasks-domain.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();
const settings = { ALLOW_PRIVATE_AGENTS: "true", PUBLIC_URL: "https://slipway.example" };
const open = () => openDomain({ settings });

const started: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const agent of started.splice(0)) await agent.stop();
});

/** A registered server whose agent listens. */
async function listening(domain: Domain, manner: Manner = "good", slots = 10) {
  const agent = await startPushAgent(manner);
  started.push(agent);
  const input = { name: agent.url, agent_url: agent.url, max_concurrent_tasks: slots };
  const { id, agent_token } = await createServer(asAdmin(domain), input);
  return { ...agent, agent, id, token: agent_token };
}

const tick = (domain: Domain) => domain.cron("* * * * *");
const shown = (domain: Domain, id: string) => getServer(asAdmin(domain), id);

describe("an agent that listens", () => {
  test("is polled with its token, gets a new task at once, and is told of a cancelled one", async () => {
    const domain = await open();
    const user = await newUser(domain, 10_000);
    const { agent, id, token } = await listening(domain);
    await tick(domain);
    expect(agent.calls).toMatchObject([{ call: "GET /status", token }]);
    expect(await shown(domain, id)).toMatchObject({ status: "online", total_memory: 24, last_error: null });

    const task = await newTask(user);
    await domain.settle();
    expect(agent.calls.at(-1)).toMatchObject({
      call: "POST /tasks",
      token,
      body: {
        task_id: task.id,
        attempt: 1,
        callback_url: `https://slipway.example/api/gpu/agent/tasks/${task.id}/events`,
      },
    });
    expect(await taskRow(domain, task.id)).toMatchObject({ status: "running", gpu_server_id: id });

    await cancelTask(user, task.id);
    await domain.settle();
    expect(agent.calls.at(-1)).toMatchObject({ call: `POST /tasks/${task.id}/cancel`, body: { attempt: 1 } });
    expect(agent.running.size).toBe(0);
  });

  test("keeps its leases by being polled", async () => {
    const domain = await open();
    const user = await newUser(domain, 10_000);
    await listening(domain);
    await tick(domain);
    const task = await newTask(user);
    await domain.settle();
    for (let minute = 0; minute < 8; minute++) {
      domain.advance(MINUTE);
      await tick(domain);
    }
    expect(await taskRow(domain, task.id)).toMatchObject({ status: "running", attempt: 1, progress: 10 });
  });

  test("keeps them where nobody polled it for longer than they last", async () => {
    const domain = await open();
    const user = await newUser(domain, 10_000);
    await listening(domain);
    await tick(domain);
    const task = await newTask(user);
    await domain.settle();
    domain.advance(30 * MINUTE);
    await tick(domain);
    expect(await taskRow(domain, task.id)).toMatchObject({ status: "running", attempt: 1, losses: 0 });
  });

  test("that is full gives a task back, which is not lost by that", async () => {
    const domain = await open();
    const user = await newUser(domain, 10_000);
    const { agent } = await listening(domain);
    await tick(domain);
    agent.manner = "full";
    const task = await newTask(user);
    await domain.settle();
    expect(await taskRow(domain, task.id)).toMatchObject({ status: "pending", losses: 0, attempt: 1 });
    expect(await outcomes(domain, task.id)).toEqual(["refused"]);
    agent.manner = "good";
    await dispatch(domain.isolate());
    expect(await taskRow(domain, task.id)).toMatchObject({ status: "running", attempt: 2 });
  });

  test("whose answer to a task was lost keeps it: the next poll finds it there", async () => {
    const domain = await open();
    const user = await newUser(domain, 10_000);
    const { agent, id } = await listening(domain);
    await tick(domain);
    agent.manner = "mute";
    const task = await newTask(user);
    await domain.settle();
    expect(await taskRow(domain, task.id)).toMatchObject({ status: "running", attempt: 1 });
    expect(await shown(domain, id)).toMatchObject({ last_error: "cannot be reached" });
    agent.manner = "good";
    domain.advance(3 * MINUTE);
    await tick(domain);
    expect(await taskRow(domain, task.id)).toMatchObject({ status: "running", attempt: 1, progress: 10 });
    expect(await shown(domain, id)).toMatchObject({ last_error: null });
    expect(agent.calls.filter(({ call }) => call === "POST /tasks")).toHaveLength(1);
  });

  test("gets a task whose claim the database did not acknowledge", async () => {
    const domain = await open();
    const user = await newUser(domain, 10_000);
    const { agent } = await listening(domain);
    const task = await newTask(user);
    await domain.settle();
    await domain.rows(`UPDATE gpu_servers SET last_seen_at = ${domain.deps.clock()}`);
    await dispatch(domain.isolate(failingAt(domain.deps, 2, "fails after").deps));
    expect([...agent.running.keys()]).toEqual([task.id]);
  });

  test("is told to stop what is not its any more", async () => {
    const domain = await open();
    const { agent } = await listening(domain);
    agent.running.set("tsk_old", { task_id: "tsk_old", attempt: 2 } as never);
    await tick(domain);
    expect(agent.calls.at(-1)).toMatchObject({ call: "POST /tasks/tsk_old/cancel", body: { attempt: 2 } });
  });
});

test("agents that answer wrongly, slowly or not at all are marked, called later each time, and block no other", async () => {
  const domain = await open();
  const user = await newUser(domain, 10_000);
  const bad = {
    garbage: "answers something that is no report",
    "wrong types": "answers something that is no report",
    huge: "answers more than 1 MiB",
    redirect: "answers with a redirect",
    slow: "no answer within 5 seconds",
  } as const;
  const servers = new Map<string, Awaited<ReturnType<typeof listening>>>();
  for (const manner of Object.keys(bad) as (keyof typeof bad)[])
    servers.set(manner, await listening(domain, manner));
  const dead = await listening(domain);
  await started.pop()?.stop();
  const good = await listening(domain);

  const ticking = tick(domain);
  await good.agent.until(() => good.agent.calls.length > 0);
  await ticking;
  for (const [manner, error] of Object.entries(bad)) {
    const { id, agent } = servers.get(manner) ?? good;
    expect(await shown(domain, id), manner).toMatchObject({ status: "offline", last_error: error });
    expect(agent.calls, manner).toHaveLength(1);
  }
  expect(await shown(domain, dead.id)).toMatchObject({ last_error: "cannot be reached" });
  expect(await shown(domain, good.id)).toMatchObject({ status: "online", last_error: null });

  const task = await newTask(user);
  await domain.settle();
  expect(await taskRow(domain, task.id)).toMatchObject({ gpu_server_id: good.id, attempt: 1 });

  const slow = servers.get("slow");
  if (slow) slow.agent.manner = "garbage";
  domain.advance(MINUTE);
  await tick(domain);
  expect(servers.get("garbage")?.agent.calls).toHaveLength(1);
  domain.advance(MINUTE);
  await tick(domain);
  expect(servers.get("garbage")?.agent.calls).toHaveLength(2);
  expect(await domain.rows("SELECT DISTINCT failures FROM gpu_servers ORDER BY 1")).toEqual([
    { failures: 0 },
    { failures: 2 },
  ]);
});

test("where there are only agents that pull, the database is asked for others now and then, and anew once one is given an address", async () => {
  const domain = await open();
  let reads = 0;
  const { db: real } = domain.deps;
  const db: Database = { ...real, readBatch: (build) => (reads++, real.readBatch(build)) };
  const ctx = { ...asAdmin(domain), deps: { ...domain.deps, db } };
  const dispatchTwice = async () => {
    for (let time = 0; time < 2; time++) {
      dispatchSoon(ctx);
      await domain.settle();
    }
  };
  const { id } = await createServer(ctx, { name: "pulls", max_concurrent_tasks: 1 });
  await dispatchTwice();
  expect(reads).toBe(1);
  domain.advance(6_000);
  await dispatchTwice();
  expect(reads).toBe(2);
  await updateServer(ctx, id, { agent_url: "http://127.0.0.1:9" });
  await dispatchTwice();
  expect(reads).toBe(5);
});

test("a corrected address is called at once", async () => {
  const domain = await open();
  const { agent, id } = await listening(domain, "garbage");
  await tick(domain);
  agent.manner = "good";
  await updateServer(asAdmin(domain), id, { agent_url: agent.url });
  await tick(domain);
  expect(await shown(domain, id)).toMatchObject({ status: "online", last_error: null });
});

describe("an agent's address", () => {
  async function registering(allowed: "true" | "false") {
    const domain = await openDomain({ settings: { ALLOW_PRIVATE_AGENTS: allowed } });
    return (agent_url: string) =>
      createServer(asAdmin(domain), { name: agent_url, agent_url, max_concurrent_tasks: 1 });
  }

  test("must be https and public", async () => {
    const create = await registering("false");
    for (const url of [
      "http://gpu.example.com",
      "ftp://gpu.example.com",
      "https://user:secret@gpu.example.com",
      "https://gpu.example.com/?a=b",
      "https://localhost",
      "https://localhost.",
      "https://localhost.localhost..",
      "https://gpu",
      "https://gpu.local",
      "https://metadata.google.internal",
      "https://127.0.0.1",
      "https://2130706433",
      "https://0x7f.1",
      "https://0177.0.0.1",
      "https://10.1.2.3",
      "https://172.31.0.1",
      "https://192.168.1.1",
      "https://169.254.169.254",
      "https://100.64.0.1",
      "https://0.0.0.0",
      "https://224.0.0.1",
      "https://[::1]",
      "https://[::]",
      "https://[::ffff:10.0.0.1]",
      "https://[64:ff9b::a00:1]",
      "https://[fe80::1]",
      "https://[fd00:ec2::254]",
      "https://[2002:a00:1::]",
    ])
      await expect(create(url), url).rejects.toMatchObject({
        code: "VALIDATION_ERROR",
        issues: [{ path: ["agent_url"] }],
      });
  });

  test("that is public is kept without a slash at its end", async () => {
    const create = await registering("false");
    expect(await create("https://GPU-01.example.com:8443/agent/")).toMatchObject({
      agent_url: "https://gpu-01.example.com:8443/agent",
      host: "gpu-01.example.com",
    });
    expect(await create("https://172.32.0.1")).toMatchObject({ host: "172.32.0.1" });
    expect(await create("https://[2606:4700::1111]")).toMatchObject({ host: "[2606:4700::1111]" });
  });

  test("may be a private one where the deployment allows it", async () => {
    const create = await registering("true");
    expect(await create("http://192.168.1.100:9100")).toMatchObject({ host: "192.168.1.100" });
  });
});

import { afterEach, describe, expect, test } from "vitest";
import { createServer } from "../../functions/compute/servers/create-server.ts";
import { unavailable } from "../../functions/core/errors.ts";
import { startPushAgent } from "../support/agent.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { asAdmin, completed, MINUTE, newAgent, outcomes, taskRow } from "./dispatch-domain.ts";
import { newTask, newUser } from "./tasks-domain.ts";
import { aroundWrites } from "../support/domain/writes.ts";

const LEASE = 5 * MINUTE;
const openDomain = useDomain();

const started: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const agent of started.splice(0)) await agent.stop();
});

const afterOutage = (domain: Domain) => domain.cron("* * * * *", {}, { afterOutage: true });

/** Cron as it is: the tick of each minute. */
async function minutes(domain: Domain, count: number) {
  for (let minute = 0; minute < count; minute++) {
    domain.advance(MINUTE);
    await domain.cron("* * * * *", {}, { afterOutage: true });
  }
}

/** A task that an agent was running when everything went away for three leases. */
async function interrupted() {
  const domain = await openDomain();
  const agent = await newAgent(domain);
  const user = await newUser(domain, 10_000);
  const { id } = await newTask(user);
  await afterOutage(domain);
  const [given] = (await agent.heartbeat(1)).assign;
  if (!given) throw new Error("nothing was assigned");
  domain.advance(3 * LEASE);
  return { domain, agent, id, given };
}

const leaseOf = async (domain: Domain) =>
  (await domain.rows<{ lease_until: number }>("SELECT lease_until FROM tasks"))[0]?.lease_until ?? 0;

describe("after an outage of three leases", () => {
  test("an agent that reports within one lease keeps its attempt and completes it", async () => {
    const { domain, agent, id, given } = await interrupted();
    await afterOutage(domain);
    await minutes(domain, 4);
    expect(await taskRow(domain, id)).toMatchObject({ status: "running", attempt: 1, losses: 0 });
    expect((await agent.heartbeat(0, [given])).cancel).toEqual([]);
    await agent.report(given, completed({ kept: true }));
    expect(await taskRow(domain, id)).toMatchObject({ status: "completed", attempt: 1, losses: 0 });
    expect(await outcomes(domain, id)).toEqual(["completed"]);
  });

  test("an agent that is gone loses its task after that one lease, and not before", async () => {
    const { domain, id } = await interrupted();
    await afterOutage(domain);
    await minutes(domain, 4);
    expect(await taskRow(domain, id)).toMatchObject({ status: "running" });
    await minutes(domain, 2);
    expect(await taskRow(domain, id)).toMatchObject({ status: "pending", losses: 1 });
  });

  test("a task whose time ran out meanwhile completes when its agent reports within one lease", async () => {
    const { domain, agent, id, given } = await interrupted();
    domain.advance(60 * MINUTE);
    await afterOutage(domain);
    await minutes(domain, 3);
    await agent.report(given, completed());
    expect(await taskRow(domain, id)).toMatchObject({ status: "completed", attempt: 1 });
  });

  test("a task whose time ran out meanwhile has failed when nobody reports for one lease", async () => {
    const { domain, agent, id, given } = await interrupted();
    domain.advance(60 * MINUTE);
    await afterOutage(domain);
    await minutes(domain, 3);
    await agent.heartbeat(0, [given]);
    await minutes(domain, 3);
    expect(await taskRow(domain, id)).toMatchObject({ status: "failed", error_message: "timed out" });
  });

  test("however many ticks come at once, and again, the lease is extended once", async () => {
    const { domain } = await interrupted();
    await Promise.all(Array.from({ length: 10 }, () => afterOutage(domain)));
    const extended = await leaseOf(domain);
    expect(extended).toBeGreaterThan(domain.deps.clock() + LEASE - MINUTE);
    await minutes(domain, 2);
    await afterOutage(domain);
    expect(await leaseOf(domain)).toBe(extended);
    const forgiven = domain.logs.filter(({ event }) => event === "leases extended after an outage");
    expect(forgiven).toHaveLength(1);
  });

  test("a tick that cannot find out takes nothing from anybody", async () => {
    const { domain, id } = await interrupted();
    let failures = 1;
    const db = aroundWrites(domain.deps.db, (write) =>
      failures-- > 0 ? Promise.reject(unavailable(new Error("away"))) : write(),
    );
    await domain.cron("* * * * *", { db }, { afterOutage: true });
    expect(await taskRow(domain, id)).toMatchObject({ status: "running", losses: 0 });
    await minutes(domain, 1);
    expect(await taskRow(domain, id)).toMatchObject({ status: "running", losses: 0 });
  });

  test("an agent that listens but cannot be called at first keeps its task too", async () => {
    const settings = { ALLOW_PRIVATE_AGENTS: "true", PUBLIC_URL: "https://slipway.example" };
    const domain = await openDomain({ settings });
    const user = await newUser(domain, 10_000);
    const agent = await startPushAgent("good");
    started.push(agent);
    const input = { name: agent.url, agent_url: agent.url, max_concurrent_tasks: 2 };
    await createServer(asAdmin(domain), input);
    await afterOutage(domain);
    const { id } = await newTask(user);
    await domain.settle();
    domain.advance(3 * LEASE);
    const unreachable = { fetch: globalThis.fetch };
    globalThis.fetch = (target, init) =>
      String(target instanceof Request ? target.url : target).startsWith(agent.url)
        ? Promise.reject(new TypeError("fetch failed"))
        : unreachable.fetch(target, init);
    try {
      await afterOutage(domain);
    } finally {
      globalThis.fetch = unreachable.fetch;
    }
    expect(await taskRow(domain, id)).toMatchObject({ status: "running", attempt: 1 });
    await minutes(domain, 12);
    expect(await taskRow(domain, id)).toMatchObject({ status: "running", attempt: 1, losses: 0 });
  });
});

test("where the server was there all the while, a silent agent has its lease and no more", async () => {
  const domain = await openDomain();
  const agent = await newAgent(domain);
  const { id } = await newTask(await newUser(domain, 10_000));
  await afterOutage(domain);
  await agent.heartbeat(1);
  const lease = await leaseOf(domain);
  await minutes(domain, 4);
  expect(await leaseOf(domain)).toBe(lease);
  await minutes(domain, 2);
  expect(await taskRow(domain, id)).toMatchObject({ status: "pending", losses: 1 });
});

test("a tick that was skipped is no outage", async () => {
  const domain = await openDomain();
  const agent = await newAgent(domain);
  await newTask(await newUser(domain, 10_000));
  await afterOutage(domain);
  await agent.heartbeat(1);
  const lease = await leaseOf(domain);
  domain.advance(MINUTE);
  await minutes(domain, 1);
  expect(await leaseOf(domain)).toBe(lease);
});

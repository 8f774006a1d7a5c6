import { expect, test, vi } from "vitest";
import type { z } from "zod";
import { watchLedger } from "../../functions/billing/ledger-check/check-ledger.ts";
import { reportEvents } from "../../functions/compute/agents/report-events.ts";
import { tokenHash } from "../../functions/compute/servers/server-tokens.ts";
import { cancelTask } from "../../functions/compute/tasks/cancel-task.ts";
import { tickCompute } from "../../functions/compute/tick.ts";
import { expireDeadlines } from "../../functions/compute/upkeep/expire-deadlines.ts";
import { expireLeases } from "../../functions/compute/upkeep/expire-leases.ts";
import { yankRelease } from "../../functions/packages/releases/change-release.ts";
import { publishRelease } from "../../functions/packages/releases/publish-release.ts";
import { unyankPackage, yankPackage } from "../../functions/packages/yank-package.ts";
import { completeUpload } from "../../functions/uploads/complete-upload.ts";
import { createUpload } from "../../functions/uploads/create-upload.ts";
import { watchQuota } from "../../functions/uploads/jobs/quota-levels.ts";
import { createWebhook } from "../../functions/webhooks/endpoints/create-webhook.ts";
import { eventData, type EventType } from "../../functions/webhooks/events/events.ts";
import { completed, MINUTE, newAgent } from "../compute/dispatch-domain.ts";
import { newTask, newUser } from "../compute/tasks-domain.ts";
import { archive, newKey, newName } from "../plugins/archives.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { atEveryCall, failingAt, faultModes } from "../support/domain/faults.ts";
import { content, publishPackage, sendParts, sentUpload, sha256 } from "../support/domain/packages.ts";

/** What is told of stays where it is told: these tests are not about the sending, and would wait for its repetitions. */
vi.mock("../../functions/webhooks/sending/deliver-due.ts", () => ({ deliverDue: () => Promise.resolve() }));
vi.setConfig({ testTimeout: 180_000 });

const openDomain = useDomain();
const settings = { ALLOW_PRIVATE_WEBHOOKS: "true" };
const path = { software: "omega", version: "1.0.0" };

/** A domain with one endpoint that wants everything. */
async function listening(more: Record<string, string> = {}) {
  const domain = await openDomain({ settings: { ...settings, ...more } });
  await createWebhook(domain.ctx, { url: "http://127.0.0.1:1/", description: "" });
  return domain;
}

type Told = { type: EventType; data: Record<string, unknown> };

/** What was told so far, in its order. Every event has the shape of its type, and nothing besides. */
async function told(domain: Domain): Promise<Told[]> {
  const rows = await domain.rows<{ payload: string }>(
    "SELECT payload FROM webhook_deliveries ORDER BY rowid",
  );
  return rows.map(({ payload }) => {
    const event = JSON.parse(payload) as Told;
    const shape: z.ZodObject = eventData[event.type];
    expect(shape.strict().safeParse(event.data).error?.issues ?? [], payload).toEqual([]);
    return event;
  });
}
const typesOf = async (domain: Domain) => (await told(domain)).map(({ type }) => type);

test.each(faultModes)("when any call of a publication %s, its package is told of once", async (mode) => {
  await atEveryCall(async (at) => {
    const domain = await listening();
    const { upload, parts } = await sentUpload(domain, content(1000));
    const fault = failingAt(domain.deps, at, mode);
    await completeUpload(domain.isolate(fault.deps), upload.id, parts).catch(() => undefined);
    await domain.settle();
    const [first] = await domain.rows<{ count: number }>("SELECT count(*) AS count FROM packages");
    expect(await typesOf(domain), `call ${at}`).toHaveLength(first?.count ?? 0);
    domain.advance(2 * MINUTE);
    await completeUpload(domain.isolate(), upload.id, parts);
    await domain.settle();
    domain.advance(20 * MINUTE);
    await domain.untilQuiet();
    expect(await typesOf(domain), `call ${at}`).toEqual(["package.published"]);
    return fault.reached();
  });
});

test.each(faultModes)(
  "when any call of a yank %s, it is told of once, and not again where it is yanked",
  async (mode) => {
    await atEveryCall(async (at) => {
      const domain = await listening();
      const { package_id: id } = await publishPackage(domain);
      const fault = failingAt(domain.deps, at, mode);
      await yankPackage(domain.isolate(fault.deps), id as number).catch(() => undefined);
      await yankPackage(domain.ctx, id as number);
      await yankPackage(domain.ctx, id as number);
      expect(await typesOf(domain), `call ${at}`).toEqual(["package.published", "package.yanked"]);
      return fault.reached();
    });
  },
);

test("a package says what it is, and is told of again when it is yanked anew", async () => {
  const domain = await listening();
  const published = await publishPackage(domain, { platform: "linux", is_critical: true }, content(1234));
  const id = published.package_id as number;
  await yankPackage(domain.ctx, id);
  await unyankPackage(domain.ctx, id);
  await yankPackage(domain.ctx, id);
  const events = await told(domain);
  expect(events.map(({ type }) => type)).toEqual(["package.published", "package.yanked", "package.yanked"]);
  expect(events[0]?.data).toMatchObject({
    package_id: id,
    software: "omega",
    version: "1.0.0",
    platform: "linux",
    is_critical: true,
    file_size: 1234,
    from_version: null,
  });
});

test.each(faultModes)(
  "when any call of a release's publication %s, it and its packages are told of once",
  async (mode) => {
    await atEveryCall(async (at) => {
      const domain = await listening();
      for (const platform of ["windows", "linux"]) {
        const { upload, parts } = await sentUpload(domain, content(1000), { platform, draft: true });
        await completeUpload(domain.ctx, upload.id, parts);
        await domain.settle();
      }
      expect(await typesOf(domain)).toEqual([]);
      const fault = failingAt(domain.deps, at, mode);
      const publish = (ctx = domain.ctx) => publishRelease(ctx, path, { allow_incomplete: false });
      await publish(domain.isolate(fault.deps)).catch(() => undefined);
      await publish().catch(() => undefined);
      const events = await told(domain);
      expect(
        events.map(({ type }) => type),
        `call ${at}`,
      ).toEqual(["package.published", "package.published", "release.published"]);
      expect(events[2]?.data.packages).toHaveLength(2);
      return fault.reached();
    });
  },
);

test("a yanked release is told of package by package, those that were yanked before left out", async () => {
  const domain = await listening();
  const { package_id: first } = await publishPackage(domain, { platform: "linux" });
  await publishPackage(domain, { platform: "macos" });
  await yankPackage(domain.ctx, first as number);
  await yankRelease(domain.ctx, path);
  await yankRelease(domain.ctx, path);
  const yanked = (await told(domain)).filter(({ type }) => type === "package.yanked");
  expect(yanked.map(({ data }) => data.platform)).toEqual(["linux", "macos"]);
});

test.each(faultModes)(
  "when any call of a plugin's publication %s, its version is told of once, with its bytes' sum",
  async (mode) => {
    const [name, key] = [newName(), newKey()];
    const bytes = await archive({ name, version: "1.0.0" });
    await atEveryCall(async (at) => {
      const domain = await listening();
      const file = { fileName: "plugin.zip", size: bytes.length, sha256: sha256(bytes) };
      const declared = { kind: "plugin", fields: { plugin_key: key }, ...file };
      const upload = await createUpload(domain.ctx, declared);
      const parts = await sendParts(domain.ctx, upload, bytes);
      expect(await typesOf(domain)).toEqual([]);
      const fault = failingAt(domain.deps, at, mode);
      await completeUpload(domain.isolate(fault.deps), upload.id, parts).catch(() => undefined);
      await domain.settle();
      domain.advance(2 * MINUTE);
      await completeUpload(domain.isolate(), upload.id, parts);
      await domain.settle();
      domain.advance(20 * MINUTE);
      await domain.untilQuiet();
      const data = {
        plugin: name,
        version: "1.0.0",
        file_name: `${name}@1.0.0.zip`,
        file_size: file.size,
        sha256: file.sha256,
      };
      expect(await told(domain), `call ${at}`).toMatchObject([{ type: "plugin.published", data }]);
      return fault.reached();
    });
  },
);

/** A task of a user with 10.00, and the agent that has it. */
async function running(domain: Domain) {
  const user = await newUser(domain, 1000);
  const { id } = await newTask(user);
  const agent = await newAgent(domain, 2);
  const [given] = (await agent.heartbeat(1)).assign;
  if (!given) throw new Error("nothing assigned");
  return { user, id, agent, given };
}

test("a task that completes is told of once, with what it cost, however often its agent reports", async () => {
  const domain = await listening();
  const { id, agent, given } = await running(domain);
  domain.advance(10 * MINUTE);
  await agent.report(given, completed());
  await agent.report(given, completed());
  const [event, ...others] = await told(domain);
  expect(others).toEqual([]);
  expect(event).toMatchObject({ type: "task.completed", data: { task_id: id, attempt: 1, error: null } });
  const [row] = await domain.rows<{ cost: number }>("SELECT cost FROM tasks");
  expect(event?.data.cost).toBe((row?.cost ?? 0) / 100);
});

test("tasks that fail, are cancelled, run out of time or lose their third lease are told of once each", async () => {
  const failing = await listening();
  const one = await running(failing);
  await one.agent.report(one.given, { type: "failed", seq: 1, error: "out of memory" });
  await one.agent.report(one.given, { type: "failed", seq: 1, error: "out of memory" });
  expect(await told(failing)).toMatchObject([
    { type: "task.failed", data: { error: "out of memory", cost: 0 } },
  ]);

  const cancelling = await listening();
  const two = await running(cancelling);
  await cancelTask(two.user, two.id);
  await cancelTask(two.user, two.id).catch(() => undefined);
  expect(await typesOf(cancelling)).toEqual(["task.cancelled"]);

  for (const expire of [expireDeadlines, expireLeases]) {
    const domain = await listening();
    await running(domain);
    await domain.rows("UPDATE tasks SET losses = 2, lease_until = 1, deadline_at = 1");
    const isolates = Array.from({ length: 3 }, () => domain.isolate({}, { type: "system" }));
    await Promise.all(isolates.map((ctx) => expire(ctx, domain.deps.clock())));
    expect(await typesOf(domain), expire.name).toEqual(["task.failed"]);
  }
});

test.each(faultModes)(
  "when any call of a report %s, the end that it brings is told of once",
  async (mode) => {
    await atEveryCall(async (at) => {
      const domain = await listening();
      const { agent, given } = await running(domain);
      const fault = failingAt(domain.deps, at, mode);
      const report = (ctx = domain.ctx) =>
        reportEvents(ctx, {
          tokenHash: tokenHash(agent.token),
          taskId: given.task_id,
          attempt: given.attempt,
          events: [completed()],
        });
      await report(domain.isolate(fault.deps)).catch(() => undefined);
      await report();
      expect(await typesOf(domain), `call ${at}`).toEqual(["task.completed"]);
      return fault.reached();
    });
  },
);

test("a share of the quota is told of once until it is free again, whoever looks", async () => {
  const domain = await listening({ STORAGE_QUOTA_BYTES: "10000" });
  const look = () =>
    Promise.all(Array.from({ length: 3 }, () => watchQuota(domain.isolate({}, { type: "system" }))));
  const use = (bytes: number) => domain.rows(`UPDATE usage SET bytes = ${bytes} WHERE category = 'full'`);
  const percents = async () => (await told(domain)).map(({ data }) => data.percent);
  await use(7999);
  await look();
  expect(await percents()).toEqual([]);
  await use(8000);
  await look();
  await look();
  expect(await percents()).toEqual([80]);
  await use(9900);
  await look();
  expect(await percents()).toEqual([80, 95]);
  await use(1000);
  await look();
  await use(9900);
  await look();
  expect(await percents()).toEqual([80, 95, 80, 95]);
  expect((await told(domain))[0]?.data).toEqual({ percent: 80, used_bytes: 8000, quota_bytes: 10_000 });
});

test("a server that goes offline is told of once, until it comes back and goes again", async () => {
  const domain = await listening();
  const agent = await newAgent(domain, 1);
  await agent.heartbeat(0);
  const minutes = async (count: number) => {
    for (let minute = 0; minute < count; minute++) {
      domain.advance(MINUTE);
      const isolates = [domain.isolate({}, { type: "system" }), domain.isolate({}, { type: "system" })];
      await Promise.all(isolates.map((ctx) => tickCompute(ctx)));
    }
  };
  await minutes(2);
  expect(await typesOf(domain)).toEqual([]);
  await minutes(4);
  expect(await typesOf(domain)).toEqual(["agent.offline"]);
  await agent.heartbeat(0);
  await minutes(5);
  expect(await typesOf(domain)).toEqual(["agent.offline", "agent.offline"]);
});

test("where this server itself was away, no server is told of as offline before it had time to come back", async () => {
  const domain = await listening();
  const agent = await newAgent(domain, 1);
  await agent.heartbeat(0);
  const tick = () => tickCompute(domain.isolate({}, { type: "system" }));
  await tick();
  domain.advance(60 * MINUTE);
  await tick();
  await agent.heartbeat(0);
  domain.advance(MINUTE);
  await tick();
  expect(await typesOf(domain)).toEqual([]);
});

test("a ledger that does not add up is told of with what is wrong", async () => {
  const domain = await listening();
  await newUser(domain, 1000);
  await watchLedger(domain.isolate({}, { type: "system" }));
  expect(await typesOf(domain)).toEqual([]);
  await domain.rows("UPDATE balances SET balance = 999");
  await watchLedger(domain.isolate({}, { type: "system" }));
  const [event] = await told(domain);
  expect(event?.type).toBe("ledger.mismatch");
  expect(event?.data.problems).toContainEqual(
    expect.objectContaining({ rule: "balance", expected: 10, found: 9.99 }),
  );
});

import { expect, test } from "vitest";
import { createDownloadCounts } from "../../functions/downloads/counts.ts";
import { watchLedger } from "../../functions/billing/index.ts";
import { createApiKey } from "../../functions/accounts/api-keys/manage-api-keys.ts";
import type { Ctx } from "../../functions/core/context.ts";
import { statementsOf } from "../../functions/core/database/batch.ts";
import type { Database } from "../../functions/core/database/database.ts";
import { exposition } from "../../functions/kit/exposition.ts";
import { readMetrics } from "../../functions/service/metrics.ts";
import { surfaces } from "../../functions/surfaces.ts";
import { packages } from "../../schema/packages.ts";
import { assign, newServer, newTask, newUser } from "../compute/tasks-domain.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { publishPackage } from "../support/domain/packages.ts";
import { readExposition, sampleOf } from "../support/exposition.ts";

const openDomain = useDomain();
const metricsOf = async (ctx: Ctx) => readExposition(exposition(await readMetrics(ctx)));
/** Tables with a row for each job, category, GPU server, kind of file or of package, title, or webhook. */
const SMALL = new Set([
  "jobs",
  "usage",
  "gpu_servers",
  "download_totals",
  "ledger_checks",
  "package_counts",
  "software",
  "webhook_endpoints",
]);

test("a deployment that has just begun tells of every figure that it has", async () => {
  const domain = await openDomain();
  const read = await metricsOf(domain.ctx);
  expect(sampleOf(read, "slipway_build_info", { version: "0.1.0" })).toBe(1);
  expect(sampleOf(read, "slipway_storage_quota_bytes")).toBe(domain.deps.config.STORAGE_QUOTA_BYTES);
  for (const state of ["pending", "running", "completed", "failed", "cancelled"])
    expect(sampleOf(read, "slipway_tasks", { state })).toBe(0);
  expect(sampleOf(read, "slipway_oldest_pending_task_age_seconds")).toBe(0);
  expect(read.get("slipway_ledger_check_problems")?.samples.size).toBe(0);
});

test("the queue and the agents are as they are", async () => {
  const domain = await openDomain();
  const user = await newUser(domain, 100_000);
  const first = await newTask(user);
  const second = await newTask(user);
  const { id } = await newServer(domain);
  await newServer(domain);
  await domain.rows({
    sql: "UPDATE gpu_servers SET last_seen_at = ? WHERE id = ?",
    args: [domain.deps.clock(), id],
  });
  await assign(domain, second.id, id);
  await domain.rows({
    sql: "UPDATE tasks SET created_at = ? WHERE id = ?",
    args: [domain.deps.clock() - 90_000, first.id],
  });
  const read = await metricsOf(domain.ctx);
  expect(sampleOf(read, "slipway_tasks", { state: "pending" })).toBe(1);
  expect(sampleOf(read, "slipway_tasks", { state: "running" })).toBe(1);
  expect(sampleOf(read, "slipway_agents", { state: "online" })).toBe(1);
  expect(sampleOf(read, "slipway_agents", { state: "offline" })).toBe(1);
  const age = sampleOf(read, "slipway_oldest_pending_task_age_seconds");
  expect(age).toBeGreaterThanOrEqual(90);
  expect(age).toBeLessThan(120);
});

test("packages are counted where they are published, and no more when they go", async () => {
  const domain = await openDomain();
  const count = async (labels: Record<string, string>) =>
    sampleOf(await metricsOf(domain.ctx), "slipway_packages", labels);
  for (const version of ["1.0.0", "1.1.0"]) await publishPackage(domain, { version, platform: "linux" });
  await publishPackage(domain, { version: "1.1.0", package_type: "hotfix", platform: "macos" });
  expect(await count({ platform: "linux", type: "full" })).toBe(2);
  expect(await count({ platform: "macos", type: "hotfix" })).toBe(1);
  await domain.rows("DELETE FROM versions WHERE version = '1.1.0'");
  expect(await count({ platform: "linux", type: "full" })).toBe(1);
  expect(await count({ platform: "macos", type: "hotfix" })).toBe(0);
});

test("downloads stay counted when their files go", async () => {
  const domain = await openDomain();
  const counts = createDownloadCounts(packages);
  for (const id of [1, 1, 2]) counts.add(domain.ctx, id);
  await counts.flush(domain.ctx);
  counts.add(domain.ctx, 3);
  await domain.settle();
  const read = await metricsOf(domain.ctx);
  expect(sampleOf(read, "slipway_downloads_total", { kind: "package" })).toBe(4);
  expect(sampleOf(read, "slipway_downloads_total", { kind: "plugin" })).toBe(0);
});

test("jobs and the check of the ledger tell how they went", async () => {
  const domain = await openDomain();
  await newUser(domain, 100);
  await domain.cron("17 3 * * *");
  const read = await metricsOf(domain.ctx);
  const now = domain.deps.clock() / 1000;
  const job = { name: "check-ledger" };
  expect(sampleOf(read, "slipway_job_last_success_timestamp_seconds", job)).toBeCloseTo(now, -2);
  expect(sampleOf(read, "slipway_job_last_duration_seconds", job)).toBeLessThan(60);
  expect(sampleOf(read, "slipway_job_consecutive_failures", job)).toBe(0);
  expect(sampleOf(read, "slipway_cron_last_tick_timestamp_seconds")).toBeCloseTo(now, -2);
  expect(sampleOf(read, "slipway_ledger_check_problems")).toBe(0);
  expect(sampleOf(read, "slipway_ledger_check_timestamp_seconds")).toBeCloseTo(now, -2);
  await domain.rows("UPDATE balances SET balance = balance + 1");
  await watchLedger(domain.isolate({}, { type: "system" }));
  expect(sampleOf(await metricsOf(domain.ctx), "slipway_ledger_check_problems")).toBeGreaterThan(0);
});

test("devices and rollouts are counted: what happened today, and what goes on", async () => {
  const domain = await openDomain();
  await publishPackage(domain, { version: "1.0.0", platform: "linux" });
  const day = Math.floor(domain.deps.clock() / 86_400_000);
  for (const [offset, version] of [
    [0, "1.0.0"],
    [0, "0.9.0"],
    [1, "1.0.0"],
  ])
    await domain.rows({
      sql: `INSERT INTO daily_counts (software_id, day, version, platform, checks, failures)
        SELECT id, ?, ?, 'linux', 10, 1 FROM software WHERE slug = 'omega'`,
      args: [day - Number(offset), String(version)],
    });
  await domain.rows(`INSERT INTO rollouts (id, version_id, channel, seed, steps, policy, state, basis_points, step_started_at,
    created_by, created_at, updated_at) SELECT 'rol_1', id, 'stable', '', '[]', '{}', 'paused', 0, 0, '', 0, 0 FROM versions`);
  const read = await metricsOf(domain.ctx);
  expect(sampleOf(read, "slipway_version_checks_total")).toBe(20);
  expect(sampleOf(read, "slipway_update_failures_total")).toBe(2);
  expect(sampleOf(read, "slipway_update_installs_total")).toBe(0);
  expect(sampleOf(read, "slipway_open_rollouts", { state: "paused" })).toBe(1);
  expect(sampleOf(read, "slipway_open_rollouts", { state: "active" })).toBe(0);
});

test("messages of webhooks that wait are counted, and endpoints that are disabled", async () => {
  const domain = await openDomain();
  await domain.rows(`INSERT INTO webhook_endpoints (id, url, description, is_enabled, secret_version, created_by, created_at,
    updated_at) VALUES ('whk_1', 'https://example.com', '', 0, 1, '', 0, 0)`);
  for (const [id, state, ago] of [
    ["msg_1", "pending", 70_000],
    ["msg_2", "pending", 0],
    ["msg_3", "delivered", 90_000],
  ] as const)
    await domain.rows({
      sql: `INSERT INTO webhook_deliveries (id, endpoint_id, event_id, type, payload, state, attempts, failures, next_at,
        lease_until, created_at) VALUES (?, 'whk_1', 'evt_1', 'package.published', '{}', ?, 1, 0, 1, 0, ?)`,
      args: [id, state, domain.deps.clock() - ago],
    });
  const read = await metricsOf(domain.ctx);
  expect(sampleOf(read, "slipway_waiting_webhook_deliveries")).toBe(2);
  expect(sampleOf(read, "slipway_disabled_webhooks")).toBe(1);
  const age = sampleOf(read, "slipway_oldest_waiting_webhook_age_seconds");
  expect(age).toBeGreaterThanOrEqual(70);
  expect(age).toBeLessThan(90);
});

test("all rooms are asked in one round trip", async () => {
  const domain = await openDomain();
  const { ctx, trips } = counting(domain);
  await readMetrics(ctx);
  expect(trips()).toBe(1);
});

test("nothing is read from end to end but small tables", async () => {
  const domain = await openDomain();
  const asked = await statements(domain);
  expect(asked.length).toBeGreaterThan(5);
  for (const { sql, params } of asked) {
    const plan = await domain.rows<{ detail: string }>({
      sql: `EXPLAIN QUERY PLAN ${sql}`,
      args: params as string[],
    });
    const scanned = plan.flatMap(({ detail }) => /^SCAN (?!CONSTANT|\()(\w+)/.exec(detail)?.[1] ?? []);
    expect(
      scanned.filter((what) => !SMALL.has(what)),
      sql,
    ).toEqual([]);
  }
});

test.each([
  ["nobody", { type: "nobody" } as const, "INVALID_API_KEY"],
  ["other keys", { type: "api_key", id: "k", scopes: ["packages:read"] } as const, "INSUFFICIENT_SCOPE"],
])("refuses %s", async (_who, actor, code) => {
  const domain = await openDomain();
  await expect(readMetrics(domain.isolate({}, actor))).rejects.toMatchObject({ code });
});

test("no key that reads metrics can be limited to some software", async () => {
  const domain = await openDomain();
  const making = createApiKey(domain.ctx, { name: "m", scopes: ["metrics:read"], software: ["omega"] });
  await expect(making).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
});

function counting(domain: Domain) {
  let trips = 0;
  const db = new Proxy(domain.deps.db, {
    get(target, name: keyof Database) {
      trips++;
      return target[name];
    },
  });
  return { ctx: domain.isolate({ db }), trips: () => trips };
}

type Asked = { sql: string; params: unknown[] };

/** The statements that all rooms ask. */
async function statements({ ctx, deps }: Domain): Promise<Asked[]> {
  const asked: Asked[] = [];
  const rooms = surfaces.flatMap(({ metrics }) => Object.values(metrics ?? {}));
  for (const { ask } of rooms)
    await deps.db.readBatch((q) => {
      const batch = ask(q, ctx);
      asked.push(...statementsOf(batch).map((one) => (one as unknown as { toSQL: () => Asked }).toSQL()));
      return batch;
    });
  return asked;
}

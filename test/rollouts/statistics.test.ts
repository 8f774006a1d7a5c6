import { expect, test } from "vitest";
import type { Actor, Scope } from "../../functions/core/context.ts";
import { parseVersion, type Version } from "../../functions/kit/versions.ts";
import { pruneStatistics } from "../../functions/rollouts/index.ts";
import { countDaily } from "../../functions/rollouts/statistics/daily-counts.ts";
import { getAdoption } from "../../functions/rollouts/statistics/get-adoption.ts";
import { getDaily } from "../../functions/rollouts/statistics/get-daily.ts";
import { recordDevice, type SeenWith } from "../../functions/rollouts/statistics/record-device.ts";
import { flushStatistics } from "../../functions/rollouts/statistics/index.ts";
import { useDomain, type Domain, type DomainOptions } from "../support/domain.ts";
import { insertCatalogue } from "../support/domain/catalogue.ts";
import { DAY, devices, rolledOut, say, sums } from "./support.ts";

const openDomain = useDomain();

async function withVersions(options: DomainOptions = {}) {
  const domain = await openDomain(options);
  await insertCatalogue(domain, [
    { version: "1.0.0" },
    { version: "2.0.0" },
    { version: "2.1.0-beta.1" },
    { version: "1.0.0", software: "secret" },
  ]);
  return domain;
}

const versionOf = (text: string) => parseVersion(text) as Version;
const usual: SeenWith = {
  slug: "omega",
  version: versionOf("1.0.0"),
  channel: "stable",
  platform: "windows",
  arch: "x64",
};

/** Shows a device to an isolate, and has that write it. */
async function see(domain: Domain, ...seen: (Partial<SeenWith> & { id: string })[]) {
  for (const { id, ...one } of seen) recordDevice(domain.ctx, id, { ...usual, ...one });
  await flushStatistics(domain.ctx);
}

/** The sums as triggers keep them are those of the rows. */
async function expectSumsRight(domain: Domain) {
  const columns = "software_id, day, version, channel, platform, arch";
  const kept = await domain.rows(`SELECT ${columns}, devices FROM adoption ORDER BY ${columns}`);
  const counted = await domain.rows(
    `SELECT ${columns}, count(*) AS devices FROM devices GROUP BY ${columns} ORDER BY ${columns}`,
  );
  expect(kept).toEqual(counted);
}

test("adoption tells the devices by the version that each was seen with last", async () => {
  const domain = await withVersions();
  await see(domain, { id: "a" }, { id: "b", platform: "linux", arch: "arm64" }, { id: "c" });
  await see(domain, { id: "c", version: versionOf("2.0.0.0") });
  await see(domain, { id: "d", version: versionOf("2.1.0-beta.1"), channel: "beta" });
  await see(domain, { id: "e", version: versionOf("9.9.9"), channel: "made-up" });
  expect(await getAdoption(domain.ctx, { software: "omega", days: 1 })).toEqual({
    software: "omega",
    days: 1,
    devices: 5,
    versions: [
      {
        version: "1.0.0",
        devices: 2,
        percent: 40,
        platforms: { windows: 1, linux: 1 },
        arches: { x64: 1, arm64: 1 },
        channels: { stable: 2 },
      },
      expect.objectContaining({ version: "2.0.0", devices: 1, percent: 20 }),
      expect.objectContaining({ version: "2.1.0-beta.1", channels: { beta: 1 } }),
      expect.objectContaining({ version: "other", channels: { other: 1 } }),
    ],
  });
  await expectSumsRight(domain);
});

test("a device counts on the day on which it was seen last, and is written once a day", async () => {
  const domain = await withVersions();
  await see(domain, { id: "a" }, { id: "b" });
  domain.advance(DAY);
  await see(domain, { id: "a" });
  const answer = await getAdoption(domain.ctx, { software: "omega", days: 1 });
  expect([answer.devices, (await getAdoption(domain.ctx, { software: "omega", days: 2 })).devices]).toEqual([
    1, 2,
  ]);
  await expectSumsRight(domain);

  const writes: unknown[] = [];
  const write = ((...given: Parameters<Domain["deps"]["db"]["write"]>) => {
    writes.push(given);
    return domain.deps.db.write(...given);
  }) as unknown as Domain["deps"]["db"]["write"];
  const ctx = domain.isolate({ db: { ...domain.deps.db, write } });
  for (let count = 0; count < 50; count++) {
    recordDevice(ctx, "a", usual);
    await flushStatistics(ctx);
  }
  expect(writes).toHaveLength(1);
});

test("a flood of devices is bounded in memory, and what the database could not take comes later", async () => {
  const domain = await withVersions();
  let isAway = true;
  const write = ((...given: Parameters<Domain["deps"]["db"]["write"]>) =>
    isAway
      ? Promise.reject(new Error("away"))
      : domain.deps.db.write(...given)) as Domain["deps"]["db"]["write"];
  const ctx = domain.isolate({ db: { ...domain.deps.db, write } });
  for (let count = 0; count < 30_000; count++) {
    recordDevice(ctx, `device-${count}`, usual);
    countDaily(ctx, { slug: "omega", orderKey: `${count}`, platform: "linux", kind: "checks" });
  }
  await domain.settle().catch(() => undefined);
  isAway = false;
  await flushStatistics(ctx);
  const [{ count: recorded } = { count: 0 }] = await domain.rows<{ count: number }>(
    "SELECT count(*) AS count FROM devices",
  );
  expect(recorded).toBe(5_000);
  expect(await domain.rows("SELECT version, checks FROM daily_counts")).toEqual([
    { version: "other", checks: 30_000 },
  ]);
  recordDevice(ctx, "device-29999", usual);
  await flushStatistics(ctx);
  expect(await domain.rows("SELECT count(*) AS count FROM devices")).toEqual([{ count: 5_001 }]);
  await expectSumsRight(domain);
});

test("what happened each day is summed by version and platform", async () => {
  const domain = await withVersions();
  const key = (text: string) =>
    `${text
      .split(".")
      .map((part) => part.padStart(16, "0"))
      .join(".")}~`;
  const count = (
    version: string,
    kind: "checks" | "offers" | "downloads",
    platform: "linux" | "macos" = "linux",
  ) => countDaily(domain.ctx, { slug: "omega", orderKey: key(version), platform, kind });
  for (let times = 0; times < 3; times++) count("1.0.0", "checks");
  count("2.0.0", "offers");
  count("2.0.0", "downloads", "macos");
  await flushStatistics(domain.ctx);
  domain.advance(DAY);
  count("1.0.0", "checks");
  count("7.7.7", "checks");
  await see(domain, { id: "device-0", platform: "linux" });
  await say(domain, ...devices(2, "installed"), ...devices(1, "failed"), ...devices(1, "installed"));
  await flushStatistics(domain.ctx);
  const { counts, from, to } = await getDaily(domain.ctx, { software: "omega" });
  expect(Date.parse(to) - Date.parse(from)).toBe(29 * DAY);
  const zero = { checks: 0, offers: 0, downloads: 0, installs: 0, failures: 0 };
  const [today, yesterday] = [to, new Date(Date.parse(to) - DAY).toISOString().slice(0, 10)];
  expect(counts).toEqual([
    { ...zero, day: yesterday, version: "1.0.0", platform: "linux", checks: 3 },
    { ...zero, day: yesterday, version: "2.0.0", platform: "linux", offers: 1 },
    { ...zero, day: yesterday, version: "2.0.0", platform: "macos", downloads: 1 },
    { ...zero, day: today, version: "1.0.0", platform: "linux", checks: 1 },
    { ...zero, day: today, version: "2.0.0", platform: "linux", installs: 1, failures: 1 },
    { ...zero, day: today, version: "2.0.0", platform: "unknown", installs: 1 },
    { ...zero, day: today, version: "other", platform: "linux", checks: 1 },
  ]);
});

test("an answer has at most 366 days, in their order", async () => {
  const domain = await withVersions();
  const ask = (from: string, to: string) => getDaily(domain.ctx, { software: "omega", from, to });
  expect((await ask("2024-01-01", "2024-12-31")).counts).toEqual([]);
  await expect(ask("2024-01-01", "2025-01-01")).rejects.toMatchObject({ code: "STATISTICS_RANGE" });
  await expect(ask("2024-01-02", "2024-01-01")).rejects.toMatchObject({ code: "STATISTICS_RANGE" });
});

test("statistics are for who may read the software", async () => {
  const domain = await withVersions();
  const as = (actor: Actor, software = "secret") =>
    getAdoption(domain.isolate({}, actor), { software, days: 1 });
  const key = (limits: string[] | undefined, ...given: Scope[]): Actor => ({
    type: "api_key",
    id: "k",
    scopes: given,
    software: limits,
  });
  await expect(as({ type: "nobody" })).rejects.toThrow("INVALID_API_KEY");
  await expect(as(key(undefined, "storage:admin"))).rejects.toThrow("INSUFFICIENT_SCOPE");
  await expect(as(key(["omega"], "packages:read"))).rejects.toThrow("INSUFFICIENT_SCOPE");
  await expect(as(key(["omega"], "packages:read"), "nothing")).rejects.toThrow("INSUFFICIENT_SCOPE");
  await expect(as(key(undefined, "packages:read"), "nothing")).rejects.toThrow("SOFTWARE_NOT_FOUND");
  expect(await as(key(["secret"], "packages:read"), "soft_secret")).toMatchObject({ software: "secret" });
});

test("DEVICE_STATISTICS=off counts nothing, and rollouts still work", async () => {
  const domain = await withVersions({ settings: { DEVICE_STATISTICS: "off" } });
  await see(domain, { id: "a" });
  countDaily(domain.ctx, { slug: "omega", orderKey: null, platform: "linux", kind: "checks" });
  await say(domain, ...devices(2, "failed"));
  await flushStatistics(domain.ctx);
  expect(await domain.rows("SELECT * FROM devices")).toEqual([]);
  expect(await domain.rows("SELECT * FROM daily_counts")).toEqual([]);
  expect((await sums(domain)).kept).toMatchObject({ reports: 2, failures: 2 });
});

test("what is old goes, but no signal of an open rollout", async () => {
  const domain = await withVersions({ settings: { DEVICE_DAYS: "10", STATISTICS_DAYS: "20" } });
  await rolledOut(domain, { version: "3.0.0", state: "paused" });
  await say(domain, ...devices(5_000, "installed"));
  for (let from = 0; from < 500; from += 100) {
    await say(domain, ...devices(100, "failed", from));
  }
  await say(domain, { device_id: "a", event: "failed", version: "3.0.0" });
  await see(domain, { id: "old" });
  countDaily(domain.ctx, { slug: "omega", orderKey: null, platform: "linux", kind: "checks" });
  await flushStatistics(domain.ctx);
  domain.advance(11 * DAY);
  await see(domain, { id: "new" });
  await pruneStatistics(domain.ctx);
  expect(await domain.rows("SELECT count(*) AS count FROM devices")).toEqual([{ count: 1 }]);
  expect(await domain.rows("SELECT count(*) AS count FROM daily_counts")).toEqual([{ count: 3 }]);
  expect((await sums(domain)).kept).toEqual({ reports: 0, installed: 0, started: 0, failures: 0 });
  expect((await sums(domain, "sfw_0:3.0.0")).kept).toMatchObject({ reports: 1, failures: 1 });
  await expectSumsRight(domain);
  domain.advance(11 * DAY);
  await domain.rows("UPDATE rollouts SET state = 'completed'");
  await pruneStatistics(domain.ctx);
  expect(await domain.rows("SELECT * FROM daily_counts UNION ALL SELECT * FROM daily_counts")).toEqual([]);
  expect(await domain.rows("SELECT * FROM device_signals")).toEqual([]);
});

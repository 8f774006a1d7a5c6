import { describe, expect, test, vi } from "vitest";
import { findFeedIndex } from "../../functions/feeds/feed-index.ts";
import { yankPackage } from "../../functions/packages/yank-package.ts";
import type { Device } from "../../functions/rollouts/limits.ts";
import { checkVersion } from "../../functions/updates/check-version.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { insertCatalogue, type Entry } from "../support/domain/catalogue.ts";
import { devicesAround, rollOut, setRollout } from "../support/domain/rollouts.ts";

vi.setConfig({ testTimeout: 60_000 });

const openDomain = useDomain();

type More = Device & { plans?: boolean; channel?: string };

async function check(domain: Domain, current_version: string, { plans, channel, ...device }: More = {}) {
  const { answer } = await checkVersion(domain.ctx, {
    software: "omega",
    platform: "windows",
    arch: "x64",
    current_version,
    plans,
    channel,
    device,
    credential: () => undefined,
  });
  return answer;
}

/** The version that a device is offered; null for none. */
const offer = async (domain: Domain, current: string, more: More = {}) => {
  const { has_update, latest_version } = await check(domain, current, more);
  return has_update ? latest_version : null;
};

async function published(...entries: Partial<Entry>[]) {
  const domain = await openDomain();
  return { domain, ids: await insertCatalogue(domain, entries) };
}

const full = (version: string, more: Partial<Entry> = {}): Partial<Entry> => ({ version, ...more });
const patch = (version: string, fromVersion: string, more: Partial<Entry> = {}): Partial<Entry> => ({
  version,
  fromVersion,
  type: "patch",
  size: 10,
  ...more,
});

describe("a version in a rollout", () => {
  test("is offered to the devices of its share; the others, and who names none, get the newest that is out", async () => {
    const { domain } = await published(full("1.0.0"), full("1.1.0"), full("2.0.0"));
    const id = await rollOut(domain, "2.0.0", 30);
    const { inside, outside } = await devicesAround(domain, id, 30);
    expect(await offer(domain, "1.0.0", { id: inside })).toBe("2.0.0");
    expect(await offer(domain, "1.0.0", { id: outside })).toBe("1.1.0");
    expect(await offer(domain, "1.0.0")).toBe("1.1.0");
    expect(await check(domain, "1.1.0", { id: outside })).toEqual({
      has_update: false,
      current_version: "1.1.0",
      latest_version: "1.1.0",
    });
  });

  test("is out for everybody whom a person asks for, while it goes on", async () => {
    const { domain } = await published(full("1.0.0"), full("2.0.0"));
    const id = await rollOut(domain, "2.0.0", 1);
    const { outside } = await devicesAround(domain, id, 1);
    expect(await offer(domain, "1.0.0", { isForced: true })).toBe("2.0.0");
    expect(await offer(domain, "1.0.0", { isForced: true, id: outside })).toBe("2.0.0");
    await setRollout(domain, id, { state: "paused" });
    expect(await offer(domain, "1.0.0", { isForced: true })).toBe(null);
  });

  test("is nobody's while it is paused, and those who have it stay there", async () => {
    const { domain } = await published(full("1.0.0"), full("2.0.0"));
    const id = await rollOut(domain, "2.0.0", 30);
    const { inside } = await devicesAround(domain, id, 30);
    await setRollout(domain, id, { state: "paused" });
    expect(await offer(domain, "1.0.0", { id: inside })).toBe(null);
    for (const device of [inside, undefined]) {
      expect(await check(domain, "2.0.0", { id: device })).toEqual({
        has_update: false,
        current_version: "2.0.0",
        latest_version: "2.0.0",
      });
    }
  });

  test("that is complete, or at 100 percent, is out as if there had been none", async () => {
    const { domain } = await published(full("1.0.0"), full("2.0.0"));
    const id = await rollOut(domain, "2.0.0", 1);
    await setRollout(domain, id, { percent: 100 });
    expect(await offer(domain, "1.0.0")).toBe("2.0.0");
    await setRollout(domain, id, { percent: 1, state: "completed" });
    expect(await offer(domain, "1.0.0")).toBe("2.0.0");
  });

  test("of one channel says nothing of packages on another", async () => {
    const { domain } = await published(
      full("1.0.0"),
      full("2.0.0", { channel: "beta" }),
      full("2.0.0", { arch: "arm64" }),
    );
    await rollOut(domain, "2.0.0", 1, { channel: "stable" });
    expect(await offer(domain, "1.0.0", { channel: "beta" })).toBe("2.0.0");
  });

  test("is reached beneath many others", async () => {
    const newer = Array.from({ length: 15 }, (_, minor) => `2.${minor}.0`);
    const { domain } = await published(
      full("1.0.0"),
      full("1.1.0"),
      ...newer.map((version) => full(version)),
    );
    const ids: string[] = [];
    for (const version of newer) ids.push(await rollOut(domain, version, 20));
    expect(await offer(domain, "1.0.0")).toBe("1.1.0");
    const device = "a device";
    await setRollout(domain, ids[3] ?? "", { state: "completed" });
    const rest = ids.filter((_, index) => index > 3);
    for (const id of rest) await setRollout(domain, id, { state: "paused" });
    expect(await offer(domain, "1.0.0", { id: device })).toBe("2.3.0");
  });

  test("alone leaves the others up to date", async () => {
    const { domain } = await published(full("2.0.0"));
    await rollOut(domain, "2.0.0", 1);
    expect(await check(domain, "1.0.0")).toEqual({
      has_update: false,
      current_version: "1.0.0",
      latest_version: "1.0.0",
    });
  });
});

describe("a version that was rolled back", () => {
  test("is offered to nobody, and a device that runs it is told where to go back to", async () => {
    const { domain, ids } = await published(
      full("1.0.0"),
      full("1.1.0", { size: 700 }),
      patch("1.1.0", "1.0.0"),
      full("2.0.0"),
    );
    const id = await rollOut(domain, "2.0.0", 100);
    await setRollout(domain, id, { state: "rolled_back", reason: "crashes at start" });
    expect(await offer(domain, "1.0.0", { isForced: true })).toBe("1.1.0");
    expect(await check(domain, "1.1.0")).not.toHaveProperty("rollback");
    expect(await check(domain, "2.0.0")).toEqual({
      has_update: false,
      current_version: "2.0.0",
      latest_version: "1.1.0",
      rollback: {
        version: "1.1.0",
        reason: "crashes at start",
        update_options: [
          {
            type: "full",
            package_id: ids[1],
            file_size: 700,
            download_url: `/downloads/full/1.1.0/${ids[1]}.zip`,
            recommended: true,
          },
        ],
      },
    });
  });

  test("leads back to what is out for the device: past what is rolled back or out for others, or to nothing", async () => {
    const { domain, ids } = await published(full("1.0.0"), full("1.1.0"), full("1.2.0"), full("2.0.0"));
    const rollbacks = [await rollOut(domain, "2.0.0", 100), await rollOut(domain, "1.2.0", 100)];
    for (const id of rollbacks) await setRollout(domain, id, { state: "rolled_back" });
    const id = await rollOut(domain, "1.1.0", 40);
    const { inside, outside } = await devicesAround(domain, id, 40);
    const back = async (device: string) => (await check(domain, "2.0.0", { id: device })).rollback?.version;
    expect(await back(inside)).toBe("1.1.0");
    expect(await back(outside)).toBe("1.0.0");
    await yankPackage(domain.ctx, ids[0] ?? 0);
    expect(await back(outside)).toBeUndefined();
  });

  test("is known to be when it was yanked as well", async () => {
    const { domain, ids } = await published(full("1.0.0"), full("2.0.0"));
    const id = await rollOut(domain, "2.0.0", 100);
    await setRollout(domain, id, { state: "rolled_back" });
    await yankPackage(domain.ctx, ids[1] ?? 0);
    expect((await check(domain, "2.0.0")).rollback?.version).toBe("1.0.0");
    expect(await offer(domain, "0.9.0")).toBe("1.0.0");
  });

  test("leads on to a newer one, once that is out for the device", async () => {
    const { domain } = await published(full("1.0.0"), full("2.0.0"), full("2.0.1"));
    await setRollout(domain, await rollOut(domain, "2.0.0", 100), { state: "rolled_back" });
    const fix = await rollOut(domain, "2.0.1", 50);
    const { inside, outside } = await devicesAround(domain, fix, 50);
    expect(await check(domain, "2.0.0", { id: inside })).toMatchObject({
      latest_version: "2.0.1",
      has_update: true,
    });
    expect((await check(domain, "2.0.0", { id: outside })).rollback?.version).toBe("1.0.0");
  });

  test("makes no update critical, while one that devices skip does", async () => {
    const { domain } = await published(full("1.0.0"), full("1.1.0", { isCritical: true }), full("1.2.0"));
    const critical = async () => (await check(domain, "1.0.0", { isForced: true })).update_info?.is_critical;
    const id = await rollOut(domain, "1.1.0", 1);
    expect(await critical()).toBe(true);
    await setRollout(domain, id, { state: "rolled_back" });
    expect(await critical()).toBe(false);
  });
});

describe("on the way", () => {
  test("a watershed that is not out for a device closes what is above it to that device", async () => {
    const { domain } = await published(
      full("1.0.0"),
      full("1.5.0"),
      full("2.0.0", { isWatershed: true }),
      full("3.0.0"),
    );
    const id = await rollOut(domain, "2.0.0", 30);
    const { inside, outside } = await devicesAround(domain, id, 30);
    expect(await offer(domain, "1.0.0", { id: inside })).toBe("2.0.0");
    expect(await offer(domain, "1.0.0", { id: outside })).toBe("1.5.0");
    expect(await offer(domain, "1.5.0", { id: outside })).toBe(null);
    expect(await offer(domain, "2.0.0", { id: outside })).toBe("3.0.0");
  });

  test("a chain leads to what is out for the device, and over nothing that was rolled back", async () => {
    const { domain } = await published(
      full("1.0.0", { size: 1_000_000 }),
      patch("1.1.0", "1.0.0"),
      patch("1.2.0", "1.1.0"),
      full("1.2.0", { size: 9_000_000 }),
    );
    const steps = async (more: More) => {
      const { update_info } = await check(domain, "1.0.0", { plans: true, ...more });
      return update_info?.plans?.map((plan) => plan.steps.map(({ to_version }) => to_version));
    };
    expect(await steps({})).toEqual([["1.1.0", "1.2.0"], ["1.2.0"]]);
    const goal = await rollOut(domain, "1.2.0", 30);
    const { inside, outside } = await devicesAround(domain, goal, 30);
    expect(await steps({ id: inside })).toEqual([["1.1.0", "1.2.0"], ["1.2.0"]]);
    expect(await steps({ id: outside })).toEqual([["1.1.0"]]);
    await setRollout(domain, await rollOut(domain, "1.1.0", 100), { state: "rolled_back" });
    expect(await steps({ id: inside })).toEqual([["1.2.0"]]);
    expect(await steps({ id: outside })).toBeUndefined();
  });
});

test("no device costs a round trip more than the first of its target", async () => {
  const { domain } = await published(full("1.0.0"), full("2.0.0"));
  await rollOut(domain, "2.0.0", 30);
  let reads = 0;
  const { db } = domain.deps;
  const readBatch: typeof db.readBatch = (build) => (reads++, db.readBatch(build));
  const ctx = domain.isolate({ db: { ...db, readBatch } });
  const windows = { software: "omega", platform: "windows", arches: ["x64"], channels: ["stable"] } as const;
  await findFeedIndex(ctx, windows, () => undefined, { inHeader: "1.0.0" });
  await findFeedIndex(ctx, windows, () => undefined, { inUrl: "2.0.0" });
  expect(reads).toBe(1);
  for (let device = 0; device < 100; device++)
    await check({ ...domain, ctx }, "1.0.0", { id: `device ${device}` });
  expect(reads).toBe(2);
});

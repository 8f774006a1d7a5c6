import { describe, expect, test, vi } from "vitest";
import { compareVersions, parseVersion } from "../../functions/kit/versions.ts";
import {
  cleanUpStorage,
  cleanUpWhenFull,
  makeRoom,
} from "../../functions/packages/storage/clean-up-storage.ts";
import { findIndex } from "../../functions/updates/update-indexes.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { insertCatalogue, type Entry } from "../support/domain/catalogue.ts";
import { rollOut, setRollout } from "../support/domain/rollouts.ts";
import { expectTotalsRight } from "../support/domain/invariants.ts";
import { cheapest, offered, offeredOn } from "../updates/catalogue-rules.ts";

vi.setConfig({ testTimeout: 120_000 });

const KEEP = { KEEP_FULL: "2", KEEP_PATCH: "1", KEEP_HOTFIX: "1" };

const openDomain = useDomain();

const remaining = async (domain: Domain) =>
  (await domain.rows<{ id: number }>("SELECT id FROM packages ORDER BY id")).map((row) => row.id);

async function deletedInOrder(domain: Domain): Promise<number[]> {
  const rows = await domain.rows<{ id: number }>(
    "SELECT json_extract(p.value, '$.id') AS id FROM audit, json_each(detail, '$.packages') p ORDER BY audit.id, p.key",
  );
  return rows.map((row) => row.id);
}

/** Puts `entries` into an empty catalogue and cleans up all that may go. @returns the places in `entries` that stay */
async function kept(entries: Partial<Entry>[], settings: Record<string, string> = KEEP) {
  const domain = await openDomain({ settings });
  const ids = await insertCatalogue(domain, entries);
  const { packages_deleted, deleted_packages, success } = await cleanUpStorage(domain.ctx);
  const left = await remaining(domain);
  expect(success).toBe(true);
  expect(packages_deleted).toBe(entries.length - left.length);
  expect(deleted_packages.map((one) => one.id)).toEqual(ids.filter((id) => !left.includes(id)));
  await expectTotalsRight(domain);
  return left.map((id) => ids.indexOf(id));
}

describe("what is kept", () => {
  test("the newest KEEP_FULL versions, by version and not by time", async () => {
    const versions = ["1.10.0", "1.9.0", "1.2.0", "1.11.0", "1.1.0"];
    expect(await kept(versions.map((version) => ({ version })))).toEqual([0, 3]);
  });

  test("releases and pre-releases each in places of their own, what was called unstable with the latter", async () => {
    const entries: Partial<Entry>[] = [
      { version: "1.0.0" },
      { version: "1.1.0" },
      { version: "1.2.0" },
      { version: "1.3.0-beta.1" },
      { version: "1.3.0-beta.2" },
      { version: "1.3.0", channel: "beta" },
    ];
    expect(await kept(entries)).toEqual([1, 2, 4, 5]);
  });

  test("for each platform, arch and software apart", async () => {
    const versions = ["1.0.0", "1.1.0", "1.2.0"];
    const entries = versions.flatMap((version): Partial<Entry>[] => [
      { version },
      { version, platform: "linux" },
      { version, arch: "arm64" },
      { version, software: "sigma" },
    ]);
    expect(await kept(entries)).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
  });

  test("full packages, patches and hotfixes each by their own number", async () => {
    const versions = ["1.0.0", "1.1.0", "1.2.0", "1.3.0"];
    const entries = versions.flatMap((version): Partial<Entry>[] => [
      { version },
      { version, type: "patch", fromVersion: "0.9.0" },
      { version, type: "hotfix" },
    ]);
    expect(await kept(entries, { KEEP_FULL: "3", KEEP_PATCH: "2", KEEP_HOTFIX: "1" })).toEqual([
      3, 6, 7, 9, 10, 11,
    ]);
  });

  test("all patches and hotfixes of a version that counts, however many", async () => {
    const entries: Partial<Entry>[] = [
      { version: "1.1.0" },
      { version: "1.0.0", type: "hotfix" },
      ...["0.7.0", "0.8.0", "0.9.0"].map((fromVersion): Partial<Entry> => ({
        version: "1.1.0",
        type: "patch",
        fromVersion,
      })),
      { version: "1.1.0", type: "hotfix" },
      { version: "1.1.0", type: "hotfix" },
    ];
    expect(await kept(entries, { KEEP_PATCH: "0", KEEP_HOTFIX: "1" })).toEqual([0, 2, 3, 4, 5, 6]);
  });
});

describe("the newest stable version", () => {
  const one = { KEEP_FULL: "1", KEEP_PATCH: "0", KEEP_HOTFIX: "0" };

  test.each(["active", "paused", "rolled_back"] as const)(
    "that is out for all stays while newer ones are rolled out: %s",
    async (state) => {
      const domain = await openDomain({ settings: one });
      const patch = { version: "1.1.0", type: "patch", fromVersion: "0.9.0", size: 1 } as const;
      const versions = ["0.9.0", "1.0.0", "1.1.0", "2.0.0", "2.1.0"].map((version) => ({ version, size: 9 }));
      const ids = await insertCatalogue(domain, [...versions, patch]);
      for (const version of ["2.0.0", "2.1.0"])
        await setRollout(domain, await rollOut(domain, version, 10), { state });
      await cleanUpStorage(domain.ctx);
      expect((await remaining(domain)).map((id) => ids.indexOf(id))).toEqual([2, 3, 4, 5]);
      for (const { id } of await domain.rows<{ id: string }>("SELECT id FROM rollouts"))
        await setRollout(domain, id, { state: "completed" });
      await cleanUpStorage(domain.ctx);
      expect((await remaining(domain)).map((id) => ids.indexOf(id))).toEqual([4]);
    },
  );

  test("is led to by chains of its own, for devices that are in no rollout", async () => {
    const domain = await openDomain({ settings: { ...one, KEEP_FULL: "3" } });
    const step = (version: string, fromVersion: string): Partial<Entry> => ({
      version,
      fromVersion,
      type: "patch",
      size: 1,
    });
    const full = (version: string): Partial<Entry> => ({ version, size: 10_000_000 });
    const ids = await insertCatalogue(domain, [
      full("1.0.0"),
      step("1.1.0", "1.0.0"),
      step("1.2.0", "1.1.0"),
      full("1.2.0"),
      step("2.0.0", "1.0.0"),
      full("2.0.0"),
    ]);
    await rollOut(domain, "2.0.0", 10);
    await cleanUpStorage(domain.ctx);
    expect((await remaining(domain)).map((id) => ids.indexOf(id))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("stays with all that leads to it, whatever is newer on other channels", async () => {
    const entries: Partial<Entry>[] = [
      { version: "0.9.0" },
      { version: "1.0.0" },
      { version: "1.0.0", type: "patch", fromVersion: "0.9.0" },
      { version: "1.0.0", type: "hotfix" },
      { version: "1.1.0-beta.1" },
      { version: "1.1.0-beta.2" },
      { version: "1.1.0-beta.2", type: "patch", fromVersion: "1.1.0-beta.1" },
    ];
    expect(await kept(entries, one)).toEqual([1, 2, 3, 5]);
  });

  test("is the newest that has a full package; patches to a newer one stay as well", async () => {
    const entries: Partial<Entry>[] = [
      { version: "1.0.0" },
      { version: "1.1.0" },
      { version: "1.2.0", type: "patch", fromVersion: "1.1.0" },
      { version: "1.0.0", type: "patch", fromVersion: "0.9.0" },
    ];
    expect(await kept(entries, one)).toEqual([1, 2]);
  });

  test("is not a yanked one; yanked versions are counted for themselves", async () => {
    const entries: Partial<Entry>[] = [
      { version: "1.0.0" },
      { version: "1.1.0", yanked: true },
      { version: "1.2.0", yanked: true },
      { version: "1.2.0", type: "patch", fromVersion: "1.1.0", yanked: true },
    ];
    expect(await kept(entries, one)).toEqual([0, 2]);
  });

  test("is not one that was called unstable", async () => {
    const entries: Partial<Entry>[] = [
      { version: "1.0.0" },
      { version: "1.1.0", channel: "beta" },
      { version: "1.2.0", channel: "beta" },
    ];
    expect(await kept(entries, one)).toEqual([0, 2]);
  });

  test("of another platform protects nothing here", async () => {
    const entries: Partial<Entry>[] = [
      { version: "2.0.0", platform: "linux" },
      { version: "1.0.0" },
      { version: "1.1.0" },
    ];
    expect(await kept(entries, one)).toEqual([0, 2]);
  });
});

describe("what devices need on their way", () => {
  const one = { KEEP_FULL: "1", KEEP_PATCH: "1", KEEP_HOTFIX: "0" };
  const patch = (version: string, fromVersion: string, more: Partial<Entry> = {}): Partial<Entry> => ({
    version,
    type: "patch",
    fromVersion,
    size: 10,
    ...more,
  });

  test("the links of the cheapest chain from a kept version stay, and others go", async () => {
    const settings = { ...one, KEEP_FULL: "3", PLAN_STEP_COST_BYTES: "1" };
    const entries: Partial<Entry>[] = [
      { version: "1.0.0" },
      { version: "1.1.0" },
      { version: "1.2.0" },
      { version: "1.3.0" },
      patch("1.1.0", "1.0.0"),
      patch("1.2.0", "1.1.0"),
      patch("1.2.0", "1.0.0", { size: 60 }),
      patch("1.3.0", "1.2.0"),
    ];
    // From 1.1.0, the oldest that is kept, over 1.2.0; nobody is at 1.0.0.
    expect(await kept(entries, settings)).toEqual([1, 2, 3, 5, 7]);
  });

  test("a watershed stays, for devices of any version below", async () => {
    const entries: Partial<Entry>[] = [
      { version: "1.0.0" },
      { version: "1.5.0", isWatershed: true },
      { version: "1.6.0" },
      { version: "2.0.0" },
    ];
    expect(await kept(entries, one)).toEqual([1, 3]);
  });

  test("a watershed of patches alone stays with what leads up to it", async () => {
    const entries: Partial<Entry>[] = [
      { version: "1.0.0" },
      { version: "1.4.0" },
      patch("1.5.0", "1.4.0", { isWatershed: true }),
      patch("1.6.0", "1.5.0"),
      { version: "2.0.0" },
      patch("2.0.0", "1.6.0"),
    ];
    // 1.6.0 is no way from the watershed: the full package costs less than what a step costs besides.
    expect(await kept(entries, one)).toEqual([1, 2, 4, 5]);
  });

  test("the newest version below min_update_from stays", async () => {
    const entries: Partial<Entry>[] = [
      { version: "1.8.0" },
      { version: "1.9.0" },
      { version: "2.0.0", minUpdateFrom: "1.5.0" },
      { version: "2.1.0", minUpdateFrom: "1.5.0" },
    ];
    expect(await kept(entries, one)).toEqual([1, 3]);
  });

  test("universal steps stay where they lead on from a version of an arch's own", async () => {
    const settings = { ...one, PLAN_STEP_COST_BYTES: "1" };
    const universal = { arch: "universal" } as const;
    const entries: Partial<Entry>[] = [
      { version: "1.0.0" },
      { version: "1.2.0", ...universal, minUpdateFrom: "1.0.0" },
      patch("1.1.0", "1.0.0", universal),
      patch("1.2.0", "1.1.0", universal),
      patch("1.1.0", "0.9.0", universal),
    ];
    // From 1.0.0, which is x64's own; nothing of 0.9.0 is kept.
    expect(await kept(entries, { ...settings, KEEP_PATCH: "0" })).toEqual([0, 1, 2, 3]);
  });

  test("is told with its reason", async () => {
    const domain = await openDomain({ settings: { ...one, KEEP_FULL: "2", PLAN_STEP_COST_BYTES: "1" } });
    await insertCatalogue(domain, [
      { version: "1.0.0", isWatershed: true },
      { version: "1.1.0" },
      { version: "1.2.0" },
      patch("1.1.5", "1.1.0"),
      patch("1.2.0", "1.1.5"),
    ]);
    const { kept_packages } = await cleanUpStorage(domain.ctx);
    expect(
      Object.fromEntries(kept_packages.map(({ version, type, reason }) => [`${type} ${version}`, reason])),
    ).toEqual({
      "full 1.0.0": "gate",
      "full 1.1.0": "keep_full",
      "full 1.2.0": "newest_stable",
      "patch 1.1.5": "chain",
      "patch 1.2.0": "newest_stable",
    });
  });
});

describe("a goal", () => {
  const tenVersions = Array.from({ length: 10 }, (_, n) => ({ version: `1.${n}.0`, size: 100 }));

  test("is reached by the oldest publications, and then nothing more goes", async () => {
    const domain = await openDomain({ settings: { ...KEEP, STORAGE_QUOTA_BYTES: "1000" } });
    const ids = await insertCatalogue(domain, tenVersions);
    expect(await makeRoom(domain.ctx, 201)).toBe(true);
    expect(await deletedInOrder(domain)).toEqual(ids.slice(0, 3));
    expect(await remaining(domain)).toEqual(ids.slice(3));
  });

  test("of everything takes as many steps as it needs", async () => {
    const domain = await openDomain({ settings: KEEP });
    const many = Array.from({ length: 1203 }, (_, n) => ({ version: `1.${n}.0`, size: 1 }));
    const ids = await insertCatalogue(domain, many);
    expect(await cleanUpStorage(domain.ctx)).toMatchObject({ packages_deleted: 1201, space_freed: 1201 });
    expect(await remaining(domain)).toEqual(ids.slice(-2));
    await expectTotalsRight(domain);
  });

  test("of cleanup by itself: nothing below 85 percent, from there down to 80", async () => {
    const settings = { ...KEEP, STORAGE_QUOTA_BYTES: "1200" };
    const below = await openDomain({ settings });
    await insertCatalogue(below, tenVersions);
    await cleanUpWhenFull(below.ctx);
    expect(await remaining(below)).toHaveLength(10);

    const above = await openDomain({ settings: { ...settings, STORAGE_QUOTA_BYTES: "1176" } });
    await insertCatalogue(above, tenVersions);
    await cleanUpWhenFull(above.ctx);
    expect(await remaining(above)).toHaveLength(9);
    await expectTotalsRight(above);
  });

  test("of cleanup by itself that nothing can serve is a warning, and deletes nothing", async () => {
    const domain = await openDomain({ settings: { KEEP_FULL: "3", STORAGE_QUOTA_BYTES: "300" } });
    await insertCatalogue(domain, tenVersions.slice(0, 3));
    await cleanUpWhenFull(domain.ctx);
    expect(await remaining(domain)).toHaveLength(3);
    expect(domain.logs).toMatchObject([{ level: "warn", fields: { used_bytes: 300, quota_bytes: 300 } }]);
  });

  test("of an upload is the room that it lacks", async () => {
    const domain = await openDomain({ settings: { ...KEEP, STORAGE_QUOTA_BYTES: "1050" } });
    await insertCatalogue(domain, tenVersions);
    expect(await makeRoom(domain.ctx, 50)).toBe(true);
    expect(await remaining(domain)).toHaveLength(10);
    expect(await makeRoom(domain.ctx, 151)).toBe(true);
    expect(await remaining(domain)).toHaveLength(8);
  });

  test("of two uploads at once is never more than both need", async () => {
    const domain = await openDomain({ settings: { ...KEEP, STORAGE_QUOTA_BYTES: "1000" } });
    const ids = await insertCatalogue(domain, tenVersions);
    await Promise.all([makeRoom(domain.isolate(), 200), makeRoom(domain.isolate(), 200)]);
    const left = await remaining(domain);
    expect(left.length).toBeGreaterThanOrEqual(6);
    expect(left).toEqual(ids.slice(-left.length));
    await expectTotalsRight(domain);
  });
});

test("manual cleanup needs the scope, tells what it freed and leaves a trace", async () => {
  const domain = await openDomain({ settings: { ...KEEP, STORAGE_QUOTA_BYTES: "1000" } });
  await insertCatalogue(
    domain,
    ["1.0.0", "1.1.0", "1.2.0"].map((version) => ({ version })),
  );
  const reader = domain.isolate({}, { type: "api_key", id: "key_r", scopes: ["packages:write"] });
  await expect(cleanUpStorage(reader)).rejects.toMatchObject({ code: "INSUFFICIENT_SCOPE" });
  expect(await cleanUpStorage(domain.ctx)).toMatchObject({
    success: true,
    space_freed: 100,
    packages_deleted: 1,
    before_usage: 30,
    after_usage: 20,
    deleted_packages: [{ type: "full", version: "1.0.0", size: 100 }],
  });
  expect(await cleanUpStorage(domain.ctx)).toMatchObject({ space_freed: 0, packages_deleted: 0 });
  expect(await domain.rows("SELECT actor, action FROM audit")).toEqual([
    { actor: "key:settings", action: "storage.cleanup" },
  ]);
});

test("manual cleanup leaves what is younger than a day, and says what it kept and why", async () => {
  const domain = await openDomain({ settings: KEEP });
  const ids = await insertCatalogue(
    domain,
    ["1.0.0", "1.1.0", "1.2.0", "1.3.0"].map((version) => ({ version })),
  );
  const day = 24 * 3_600_000;
  const ages = [day + 1000, day - 60_000];
  for (const [index, age] of ages.entries()) {
    const args = [domain.deps.clock() - age, ids[index] ?? 0];
    await domain.rows({ sql: "UPDATE packages SET created_at = ? WHERE id = ?", args });
  }
  const { deleted_packages, packages_kept, kept_packages } = await cleanUpStorage(domain.ctx);
  expect(deleted_packages.map(({ version }) => version)).toEqual(["1.0.0"]);
  expect(packages_kept).toBe(3);
  expect(Object.fromEntries(kept_packages.map(({ version, reason }) => [version, reason]))).toEqual({
    "1.1.0": "young",
    "1.2.0": "keep_full",
    "1.3.0": "newest_stable",
  });
  expect(kept_packages.every(({ explanation }) => explanation.length > 10)).toBe(true);
  // Where room is needed, age is no reason.
  const quota = domain.isolate({ config: { ...domain.deps.config, STORAGE_QUOTA_BYTES: 300 } });
  expect(await makeRoom(quota, 100)).toBe(true);
  expect(await remaining(domain)).toEqual(ids.slice(2));
});

test("what was cleaned up is offered no more in this isolate", async () => {
  const domain = await openDomain({ settings: { KEEP_FULL: "1" } });
  await insertCatalogue(domain, [
    { version: "1.1.0-beta.1" },
    { version: "1.1.0-beta.2", yanked: true },
    { version: "1.1.0-beta.3" },
  ]);
  const target = { software: "omega", platform: "windows", arch: "x64", channel: "beta" } as const;
  const before = await findIndex(domain.ctx, target);
  expect(before.candidates.map((one) => one.version)).toEqual(["1.1.0-beta.3"]);
  await cleanUpStorage(domain.ctx);
  const after = await findIndex(domain.ctx, target);
  expect(after.candidates.map((one) => one.version)).toEqual(["1.1.0-beta.3"]);
});

const STEP_COST = 20;

/** The same but for what the plans of versions need that are kept. */
function mayGo(entries: Entry[], keep: Record<Entry["type"], number>): number[] {
  const expendable = beyondKeep(entries, keep);
  const all = entries.map((entry, id) => ({ ...entry, id }));
  const needed = all.flatMap((start) => {
    if (expendable.includes(start.id)) return [];
    const place = all.filter(
      (one) => one.software === start.software && one.platform === start.platform && one.arch === start.arch,
    );
    return ["stable", ...new Set(place.map((one) => one.channel))].flatMap((channel) => {
      const there = offeredOn(channel, place);
      const goal = offered(there, start.version, STEP_COST);
      return goal === undefined ? [] : (cheapest(there, start.version, goal, STEP_COST)?.steps ?? []);
    });
  });
  const ids = new Set(needed.map(({ id }) => id));
  return expendable.filter((index) => !ids.has(index));
}

/** The rules in plain words: places in `entries` that may go, in the order in which they were published. */
function beyondKeep(entries: Entry[], keep: Record<Entry["type"], number>): number[] {
  const newer = (a: string, b: string) => {
    const [first, second] = [parseVersion(a), parseVersion(b)];
    return first && second ? compareVersions(first, second) > 0 : false;
  };
  const samePlace = (a: Entry, b: Entry) =>
    a.software === b.software && a.platform === b.platform && a.arch === b.arch;
  return entries.flatMap((entry, index) => {
    const newerOnes = entries.filter(
      (other) =>
        samePlace(entry, other) &&
        other.type === entry.type &&
        other.yanked === entry.yanked &&
        (other.channel === "stable") === (entry.channel === "stable") &&
        newer(other.version, entry.version),
    );
    if (new Set(newerOnes.map((other) => other.version)).size < keep[entry.type]) return [];
    const isOffered = entry.channel === "stable" && !entry.yanked;
    const offered = entries.filter(
      (other) => samePlace(entry, other) && other.channel === "stable" && !other.yanked,
    );
    const full = offered.filter((other) => other.type === "full");
    const replaced = (full.length > 0 ? full : offered).some((other) => newer(other.version, entry.version));
    return isOffered && !replaced ? [] : [index];
  });
}

/** Numbers below `limit` that look random and are the same in every run. */
function pseudoRandom(seed: number) {
  let state = seed;
  return (limit: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * limit);
  };
}

function randomCatalogue(random: (limit: number) => number): Entry[] {
  const pick = <T>(values: readonly T[]) => values[random(values.length)] as T;
  const slots = new Map<string, Entry>();
  const channels = new Map<string, string>();
  for (let n = 0; n < 60; n++) {
    const version = `1.${random(12)}.0${pick(["", "", "-beta.1", "-rc.2"])}`;
    const minor = Number(version.split(".")[1]);
    const earlier = minor === 0 ? "0.9.0" : `1.${random(minor)}.0`;
    const type = pick(["full", "full", "patch", "patch", "hotfix"] as const);
    const software = pick(["omega", "sigma"]);
    const given = version.includes("-") ? "beta" : pick(["stable", "stable", "stable", "beta"]);
    const channel = channels.get(software + version) ?? given;
    channels.set(software + version, channel);
    const entry: Entry = {
      version,
      type,
      software,
      channel,
      platform: pick(["windows", "linux"] as const),
      arch: pick(["x64", "arm64"] as const),
      fromVersion: type === "patch" ? pick([`0.${random(3)}.0`, earlier, earlier]) : null,
      yanked: random(6) === 0,
      size: 1 + random(100),
      isCritical: false,
      isWatershed: false,
      minUpdateFrom: null,
    };
    const { platform, arch, fromVersion } = entry;
    const slot = [software, version, type, platform, arch, fromVersion, type === "hotfix" ? n : ""].join("|");
    if (!slots.has(slot)) slots.set(slot, entry);
  }
  return [...slots.values()];
}

const sizeOf = (entries: Entry[]) => entries.reduce((sum, entry) => sum + entry.size, 0);

test("any catalogue and any goal: what goes is what the rules say, oldest first, and no more than the goal needs", async () => {
  const random = pseudoRandom(7);
  for (let round = 0; round < 25; round++) {
    const keep = { full: 1 + random(2), patch: random(3), hotfix: random(3) };
    const entries = randomCatalogue(random);
    const domain = await openDomain({
      settings: {
        KEEP_FULL: String(keep.full),
        KEEP_PATCH: String(keep.patch),
        KEEP_HOTFIX: String(keep.hotfix),
        STORAGE_QUOTA_BYTES: String(sizeOf(entries)),
        PLAN_STEP_COST_BYTES: String(STEP_COST),
      },
    });
    const ids = await insertCatalogue(domain, entries);
    const candidates = mayGo(entries, keep);
    const goal = 1 + random(sizeOf(candidates.map((index) => entries[index] as Entry)));
    const expected: number[] = [];
    for (let freed = 0; freed < goal;) {
      const index = candidates[expected.length] ?? 0;
      expected.push(index);
      freed += entries[index]?.size ?? 0;
    }
    await makeRoom(domain.ctx, goal);
    const gone = (await deletedInOrder(domain)).map((id) => ids.indexOf(id));
    expect(gone, `round ${round}`).toEqual(expected);
    await cleanUpStorage(domain.ctx);
    const all = (await deletedInOrder(domain)).map((id) => ids.indexOf(id));
    expect(all, `round ${round}`).toEqual(candidates);
    await expectTotalsRight(domain);
  }
});

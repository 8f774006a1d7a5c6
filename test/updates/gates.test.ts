import { describe, expect, test, vi } from "vitest";
import { findFeedIndex } from "../../functions/feeds/feed-index.ts";
import { yankPackage } from "../../functions/packages/yank-package.ts";
import { checkVersion } from "../../functions/updates/check-version.ts";
import { forgetIndexes } from "../../functions/updates/update-indexes.ts";
import { useDomain, type Domain } from "../support/domain.ts";
import { insertCatalogue, type Entry } from "../support/domain/catalogue.ts";
import { cheapest, offered, offeredOn, type Published } from "./catalogue-rules.ts";
import { pseudoRandom } from "./planner/random-network.ts";

vi.setConfig({ testTimeout: 120_000 });

const openDomain = useDomain();

type More = { channel?: string; format?: string; plans?: boolean; platform?: "windows" | "linux" };

const check = async (domain: Domain, current_version: string, more: More = {}) =>
  (
    await checkVersion(domain.ctx, {
      software: "omega",
      platform: "windows",
      arch: "x64",
      current_version,
      credential: () => undefined,
      ...more,
    })
  ).answer;

/** The newest releases of a feed for a device that tells its version. */
async function feedVersions(domain: Domain, current: string): Promise<string[]> {
  const question = { software: "omega", platform: "windows", arches: ["x64"], channels: ["stable"] } as const;
  const { index } = await findFeedIndex(domain.ctx, question, () => undefined, { inUrl: current });
  return index.releases.map(({ version }) => version);
}

/** The versions that a device is led over, from offer to offer. */
async function journey(domain: Domain, start: string, more: More = {}): Promise<string[]> {
  const stops: string[] = [];
  for (let at = start; ;) {
    const answer = await check(domain, at, more);
    if (!answer.has_update) return stops;
    stops.push((at = answer.latest_version));
  }
}

const full = (version: string, more: Partial<Entry> = {}): Partial<Entry> => ({ version, ...more });
const patch = (version: string, fromVersion: string, more: Partial<Entry> = {}): Partial<Entry> => ({
  version,
  type: "patch",
  fromVersion,
  size: 10,
  ...more,
});

async function published(entries: Partial<Entry>[]) {
  const domain = await openDomain();
  const ids = await insertCatalogue(domain, entries);
  return { domain, ids };
}

describe("a watershed", () => {
  test("is offered first to every device below, whatever is newer", async () => {
    const { domain } = await published([
      full("1.0.0"),
      full("1.5.0"),
      full("2.0.0", { isWatershed: true }),
      full("2.5.0"),
      full("3.0.0", { isWatershed: true }),
      full("3.5.0"),
    ]);
    expect(await journey(domain, "1.0.0")).toEqual(["2.0.0", "3.0.0", "3.5.0"]);
    expect(await journey(domain, "1.9.9")).toEqual(["2.0.0", "3.0.0", "3.5.0"]);
    expect(await journey(domain, "2.0.0")).toEqual(["3.0.0", "3.5.0"]);
    expect(await journey(domain, "3.0.0")).toEqual(["3.5.0"]);
    expect(await journey(domain, "1.0.0", { plans: true })).toEqual(["2.0.0", "3.0.0", "3.5.0"]);
  });

  test("is jumped over by no patch, hotfix or chain either", async () => {
    const { domain } = await published([
      full("1.0.0"),
      full("2.0.0", { isWatershed: true }),
      full("3.0.0"),
      patch("3.0.0", "1.0.0"),
      patch("1.9.0", "1.0.0"),
      patch("3.0.0", "1.9.0"),
    ]);
    for (const plans of [false, true]) {
      expect(await journey(domain, "1.0.0", { plans })).toEqual(["2.0.0", "3.0.0"]);
    }
  });

  test("that a device has no way to holds it below: at the newest that leads on", async () => {
    const { domain } = await published([
      full("1.0.0"),
      full("1.8.0"),
      patch("2.0.0", "1.8.0", { isWatershed: true }),
      full("3.0.0"),
    ]);
    expect(await journey(domain, "1.0.0")).toEqual(["1.8.0", "2.0.0", "3.0.0"]);
    expect(await check(domain, "1.9.0")).toEqual({
      has_update: false,
      current_version: "1.9.0",
      latest_version: "1.8.0",
    });
  });

  test("is one where it is offered: not on other platforms or channels, nor once it is withdrawn", async () => {
    const { domain, ids } = await published([
      full("1.0.0"),
      full("2.0.0-beta.1", { isWatershed: true }),
      full("2.1.0", { platform: "linux", isWatershed: true }),
      full("2.2.0", { isWatershed: true }),
      full("3.0.0"),
    ]);
    expect(await journey(domain, "1.0.0")).toEqual(["2.2.0", "3.0.0"]);
    expect(await journey(domain, "1.0.0", { channel: "beta" })).toEqual(["2.0.0-beta.1", "2.2.0", "3.0.0"]);
    await yankPackage(domain.ctx, ids[3] ?? 0);
    expect(await journey(domain, "1.0.0")).toEqual(["3.0.0"]);
  });

  test("holds clients of another format than its own, too", async () => {
    const { domain } = await published([full("1.0.0"), full("2.0.0", { isWatershed: true }), full("3.0.0")]);
    await domain.rows("UPDATE packages SET format = 'exe' WHERE order_key NOT LIKE '%2.%'");
    expect((await check(domain, "0.9.0", { format: "exe" })).latest_version).toBe("1.0.0");
    expect((await check(domain, "1.0.0", { format: "exe" })).has_update).toBe(false);
  });
});

describe("min_update_from", () => {
  test("sends a device below to the newest version that it may take, on the way", async () => {
    const { domain } = await published([
      full("1.0.0"),
      full("1.9.0"),
      full("2.0.0", { minUpdateFrom: "1.5.0" }),
      full("2.1.0", { minUpdateFrom: "1.5.0" }),
    ]);
    expect(await journey(domain, "1.0.0")).toEqual(["1.9.0", "2.1.0"]);
    expect(await journey(domain, "1.5.0")).toEqual(["2.1.0"]);
    expect(await journey(domain, "1.5.0-rc.1")).toEqual(["1.9.0", "2.1.0"]);
  });

  test("of one version says nothing of a newer one", async () => {
    const { domain } = await published([
      full("1.0.0"),
      full("2.0.0", { minUpdateFrom: "1.5.0" }),
      full("2.1.0"),
    ]);
    expect(await journey(domain, "1.0.0")).toEqual(["2.1.0"]);
  });

  test("of a hundred versions above hides none of those below, in checks and feeds", async () => {
    const closed = Array.from({ length: 100 }, (_, index) =>
      full(`2.${index}.0`, { minUpdateFrom: "1.9.0" }),
    );
    const rolling = Array.from({ length: 100 }, (_, index) =>
      full(`3.${index + 1}.0`, { minUpdateFrom: `3.${index}.0` }),
    );
    const open = ["1.5.0", "1.8.0"].map((version) => full(version, { minUpdateFrom: "1.0.0" }));
    const entries = [full("1.0.0"), full("1.7.0"), ...open, ...closed, ...rolling];
    const { domain } = await published([...entries, patch("1.8.5", "1.0.0"), patch("2.0.0", "1.0.0")]);
    expect((await check(domain, "0.9.0")).latest_version).toBe("1.7.0");
    expect((await check(domain, "1.0.0")).latest_version).toBe("1.8.5");
    expect((await check(domain, "1.7.0")).latest_version).toBe("1.8.0");
    expect((await check(domain, "1.9.0")).latest_version).toBe("2.99.0");
    expect((await check(domain, "3.5.0")).latest_version).toBe("3.6.0");
    expect((await check(domain, "3.99.0")).latest_version).toBe("3.100.0");
    expect(await feedVersions(domain, "0.9.0")).toEqual(["1.7.0", "1.0.0"]);
    expect(await feedVersions(domain, "1.0.0")).toEqual(["1.8.0", "1.7.0", "1.5.0", "1.0.0"]);
    const below = Array.from({ length: 7 }, (_, index) => `2.${99 - index}.0`);
    expect(await feedVersions(domain, "3.3.0")).toEqual(["3.4.0", "3.3.0", "3.2.0", "3.1.0", ...below]);
  });

  test("counts as it was said last, for packages that are there already too", async () => {
    const { domain } = await published([full("1.0.0"), full("2.0.0", { minUpdateFrom: "1.5.0" })]);
    const say = (key: string | null) =>
      domain.rows({ sql: "UPDATE versions SET min_update_key = ? WHERE version = '2.0.0'", args: [key] });
    const latest = async () => {
      forgetIndexes(domain.ctx);
      return (await check(domain, "1.0.0")).latest_version;
    };
    const [row] = await domain.rows<{ key: string }>(
      "SELECT min_update_key AS key FROM packages WHERE id = 2",
    );
    expect(await latest()).toBe("1.0.0");
    await say(null);
    expect(await latest()).toBe("2.0.0");
    await say(row?.key ?? null);
    expect(row?.key).not.toBe("");
    expect(await latest()).toBe("1.0.0");
  });

  test("leaves a device where it is that can take nothing", async () => {
    const { domain } = await published([full("2.0.0", { minUpdateFrom: "1.5.0" })]);
    expect(await check(domain, "1.0.0")).toEqual({
      has_update: false,
      current_version: "1.0.0",
      latest_version: "1.0.0",
    });
  });

  test("is not got around by a chain", async () => {
    const { domain } = await published([
      full("1.0.0"),
      patch("1.5.0", "1.0.0"),
      full("2.0.0", { minUpdateFrom: "1.5.0" }),
      patch("2.0.0", "1.5.0"),
    ]);
    expect(await journey(domain, "1.0.0", { plans: true })).toEqual(["1.5.0", "2.0.0"]);
  });
});

test("critical stays critical over chains and watersheds, and is so for those alone who skip it", async () => {
  const { domain } = await published([
    full("1.0.0"),
    full("1.2.0", { isCritical: true }),
    full("2.0.0", { isWatershed: true }),
    full("2.1.0"),
    patch("2.2.0", "2.1.0", { isCritical: true }),
    patch("2.3.0", "2.2.0"),
    patch("2.4.0", "2.3.0", { isCritical: true }),
  ]);
  const isCritical = async (current: string, plans = false) => {
    const { update_info } = await check(domain, current, { plans });
    return [update_info?.version, update_info?.is_critical];
  };
  expect(await isCritical("1.0.0")).toEqual(["2.0.0", true]);
  expect(await isCritical("1.2.0")).toEqual(["2.0.0", false]);
  expect(await isCritical("2.0.0")).toEqual(["2.1.0", false]);
  // By a chain over the critical step in the middle, to a critical last one.
  expect(await isCritical("2.0.0", true)).toEqual(["2.4.0", true]);
  expect(await isCritical("2.3.0", true)).toEqual(["2.4.0", true]);
});

test("more gates than an index lists stop devices just the same", async () => {
  const numbers = Array.from({ length: 30 }, (_, index) => `1.${index}.0`);
  const { domain } = await published(numbers.map((one) => full(one, { isWatershed: true })));
  expect(await journey(domain, "1.0.0")).toEqual(numbers.slice(1));
});

test("a version with gates that nothing stops costs one query, and one that a gate stops another one", async () => {
  const { domain } = await published([full("1.0.0"), full("2.0.0", { isWatershed: true }), full("3.0.0")]);
  let reads = 0;
  const { db } = domain.deps;
  const readBatch: typeof db.readBatch = (build) => (reads++, db.readBatch(build));
  const isolate = domain.isolate({ db: { ...db, readBatch } });
  const ask = (current_version: string) =>
    checkVersion(isolate, {
      software: "omega",
      platform: "windows",
      arch: "x64",
      current_version,
      credential: () => undefined,
    });
  for (const current of ["2.0.0", "2.5.0", "3.0.0"]) await ask(current);
  expect(reads).toBe(1);
  for (const current of ["0.1.0", "1.0.0", "1.9.9"]) await ask(current);
  expect(reads).toBe(2);
});

const STEP_COST = 20;

function randomCatalogue(random: (limit: number) => number): Entry[] {
  const pick = <T>(values: readonly T[]) => values[random(values.length)] as T;
  const names = Array.from(
    { length: 7 },
    (_, index) => `1.${Math.floor(index / 3)}.${index % 3}${random(6) === 0 ? "-beta.1" : ""}`,
  );
  const gates = names.map((_, index) => ({
    isWatershed: random(6) === 0,
    minUpdateFrom: index > 0 && random(5) === 0 ? (names[random(index)] as string) : null,
  }));
  const entries = new Map<string, Entry>();
  for (let count = 0; count < 22; count++) {
    const index = random(names.length);
    const name = names[index] as string;
    const wanted = pick(["full", "patch", "patch", "hotfix"] as const);
    const type = index === 0 ? "full" : wanted;
    const fromVersion =
      type === "patch" || (type === "hotfix" && random(2) === 0) ? names[random(index)] : null;
    const entry: Entry = {
      version: name,
      type,
      fromVersion: fromVersion ?? null,
      channel: name.includes("-") || random(6) === 0 ? pick(["beta", "rc"]) : "stable",
      platform: "windows",
      arch: random(3) === 0 ? "universal" : "x64",
      software: "omega",
      yanked: random(8) === 0,
      size: 1 + random(type === "full" ? 200 : 60),
      isCritical: false,
      ...(gates[index] as (typeof gates)[number]),
    };
    entries.set([name, type, entry.arch, entry.fromVersion, type === "hotfix" ? count : ""].join("|"), entry);
  }
  return [...entries.values()];
}

test("any catalogue, any device: what is offered and planned is what the rules say", async () => {
  const random = pseudoRandom(5);
  const seen = { chains: 0, stopped: 0 };
  for (let round = 0; round < 12; round++) {
    const entries = randomCatalogue(random);
    const domain = await openDomain({ settings: { PLAN_STEP_COST_BYTES: String(STEP_COST) } });
    const ids = await insertCatalogue(domain, entries);
    const all = entries.map((entry, index): Published => Object.assign(entry, { id: ids[index] ?? 0 }));
    const devices = [...new Set(all.map((one) => one.version)), "0.9.0", "1.0.9"];
    for (const channel of ["stable", "rc", "beta", "alpha"]) {
      const there = offeredOn(channel, all);
      if (there.length === 0) continue;
      for (const device of devices) {
        const what = `round ${round}, ${device} on ${channel}`;
        const plain = await check(domain, device, { channel });
        expect(plain.update_info?.version, what).toBe(offered(there, device));
        const { update_info } = await check(domain, device, { channel, plans: true });
        const goal = offered(there, device, STEP_COST);
        expect(update_info?.version, what).toBe(goal);
        if (goal === undefined) continue;
        const best = cheapest(there, device, goal, STEP_COST);
        const [plan] = update_info?.plans ?? [];
        const cost = plan && plan.bytes + plan.steps.length * STEP_COST;
        expect(cost, what).toBe(best?.cost);
        if ((plan?.steps.length ?? 0) > 1) seen.chains++;
        if (there.some((one) => one.version > goal)) seen.stopped++;
      }
    }
  }
  expect(Math.min(seen.chains, seen.stopped)).toBeGreaterThan(10);
});

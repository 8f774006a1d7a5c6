import { sharedWith, startBenchStack } from "./bench-stack.ts";
import type { Bench, Target } from "./bench-stack.ts";
import { countRequests } from "./counting-proxy.ts";
import type { RequestProxy } from "./counting-proxy.ts";
import { atMost, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { closeVersions, seedVersions } from "./seed-versions.ts";

export const FEW = 100;
export const MANY = 10_000;
const ROUNDS = 9;
/** Cold checks of each size in one round. */
const CHECKS = 40;
const RESTARTS = 3;
/** Devices below this version are closed out of all that are above it. */
const GATE = 20;

type Asked = { milliseconds: number; queries: number; databaseMilliseconds: number };

/**
 * The first version check of an index that no cache holds: its database round trips, and how its time grows with the number
 * of versions.
 */
export async function measureColdCheck(bench: Bench): Promise<Figure[]> {
  const store = await startBenchStack(bench, "store");
  const proxy = await countRequests(store.settings.LIBSQL_URL ?? "");
  try {
    bench.say(`version check, cold: writing ${FEW} and ${MANY} versions`);
    await seedVersions(store, "few", FEW);
    await seedVersions(store, "many", MANY);
    const slipway = await startBenchStack(bench, "slipway", { ...sharedWith(store), LIBSQL_URL: proxy.url });
    try {
      const trips: number[] = [];
      for (let restart = 0; restart < RESTARTS; restart++) {
        await slipway.reload();
        // A restart does not empty the location's cache, so each check asks about another channel, whose index is not in
        // it.
        trips.push((await ask(proxy, slipway.url, "many", MANY, `restart${restart}`)).queries);
      }
      bench.say(`version check, cold: ${ROUNDS} rounds of ${2 * CHECKS} cold checks`);
      const { ratios, few, many } = await compareSizes((...about) => ask(proxy, slipway.url, ...about));
      const time = (name: string, asked: Asked[]) =>
        `${name} versions: ${short(median(asked.map((one) => one.milliseconds)))} ms, of which the database ` +
        `${short(median(asked.map((one) => one.databaseMilliseconds)))} ms`;
      trips.push(...[...few, ...many].map((asked) => asked.queries));
      return [
        {
          what: "version check, cold: database round trips",
          target: "exactly 1",
          unit: "queries",
          rounds: trips,
          met: trips.every((queries) => queries === 1),
          notes: [`${RESTARTS} of them the first check after a restart`],
        },
        atMost(1.3, "x", `version check, cold: time at ${MANY} / ${FEW} versions`, ratios, [
          time(String(FEW), few),
          time(String(MANY), many),
        ]),
        await measureBelowGate(store, proxy, slipway.url),
      ];
    } finally {
      await slipway.stop();
    }
  } finally {
    await proxy.stop();
    await store.stop();
  }
}

/** The same for a device to which nearly all versions are closed. Two queries answer it: one finds that out. */
async function measureBelowGate(store: Target, proxy: RequestProxy, url: string): Promise<Figure> {
  for (const slug of ["few", "many"]) await closeVersions(store, slug, GATE);
  const { ratios, few, many } = await compareSizes((software, _versions, channel) =>
    ask(proxy, url, software, GATE + 1, `below-${channel}`),
  );
  const time = (name: number, asked: Asked[]) =>
    `${name} versions: ${short(median(asked.map((one) => one.milliseconds)))} ms`;
  const what = `version check, cold, below min_update_from: time at ${MANY} / ${FEW} versions`;
  return atMost(1.3, "x", what, ratios, [time(FEW, few), time(MANY, many)]);
}

/**
 * Asks in turn about a title with few versions and one with many, each time on a channel that nobody has asked about: an index
 * that no cache has.
 */
export async function compareSizes<A extends { milliseconds: number }>(
  ask: (software: string, versions: number, channel: string) => Promise<A>,
) {
  const [few, many]: [A[], A[]] = [[], []];
  const ratios: number[] = [];
  let channel = 0;
  for (let round = -1; round < ROUNDS; round++) {
    const [fewNow, manyNow]: [A[], A[]] = [[], []];
    for (let check = 0; check < CHECKS; check++) {
      fewNow.push(await ask("few", FEW, `x${channel++}`));
      manyNow.push(await ask("many", MANY, `x${channel++}`));
    }
    if (round < 0) continue;
    few.push(...fewNow);
    many.push(...manyNow);
    const time = (asked: A[]) => median(asked.map((one) => one.milliseconds));
    ratios.push(time(manyNow) / time(fewNow));
  }
  return { ratios, few, many };
}

async function ask(
  proxy: RequestProxy,
  url: string,
  software: string,
  versions: number,
  channel = "stable",
): Promise<Asked> {
  const before = proxy.times().length;
  const startedAt = performance.now();
  const query = new URLSearchParams({ current_version: "1.0.0", software, channel });
  const answer = await fetch(`${url}/api/v1/version/check?${query}`);
  const { latest_version } = (await answer.json()) as { latest_version?: string };
  const milliseconds = performance.now() - startedAt;
  if (latest_version !== `1.0.${versions - 1}`) {
    throw new Error(`${software}: ${answer.status}, latest version ${latest_version}`);
  }
  const times = proxy.times().slice(before);
  const databaseMilliseconds = times.reduce((sum, time) => sum + time, 0);
  return { milliseconds, queries: times.length, databaseMilliseconds };
}

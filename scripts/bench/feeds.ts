import { startBenchStack } from "./bench-stack.ts";
import type { Bench } from "./bench-stack.ts";
import { CHECK, rate, VARIANTS } from "./check.ts";
import { compareSizes, FEW, MANY } from "./cold-check.ts";
import { asGenerator } from "./cores.ts";
import { atLeast, atMost, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { compare } from "./load.ts";
import { publishSmall } from "./publish-small.ts";
import { startRealStack } from "./real-stack.ts";
import { seedVersions } from "./seed-versions.ts";

const FEED = "/feeds/omega/electron";
const CLOSED = { rounds: 5, milliseconds: 2000, connections: 32 };

/** Electron's feed: warm against the version check, and cold as the number of old versions grows. */
export async function measureFeeds(bench: Bench): Promise<Figure[]> {
  return [await asGenerator(() => measureWarm(bench)), await measureCold(bench)];
}

async function measureWarm(bench: Bench): Promise<Figure> {
  const stack = await startRealStack(bench, "feeds");
  try {
    await publishSmall(stack, "2.0.0", "Setup.exe");
    bench.say(`feed, warm: ${CLOSED.rounds} rounds`);
    const { cpuRatios, ours, other } = await compare(
      { ...stack, path: `${FEED}/latest.yml?noCache={n}`, variants: VARIANTS, status: 200 },
      { ...stack, path: CHECK, variants: VARIANTS, status: 200 },
      CLOSED,
    );
    const what = "electron feed, warm: requests per CPU second / version check's";
    const ratios = cpuRatios.map((ratio) => 1 / ratio);
    return atLeast(0.7, "x", what, ratios, [rate("feed", ours), rate("version check", other)]);
  } finally {
    await stack.stop();
  }
}

async function measureCold(bench: Bench): Promise<Figure> {
  const stack = await startBenchStack(bench, "feeds-cold");
  try {
    bench.say(`feed, cold: writing ${FEW} and ${MANY} versions`);
    await seedVersions(stack, "few", FEW, "exe");
    await seedVersions(stack, "many", MANY, "exe");
    bench.say("feed, cold");
    const { ratios, few, many } = await compareSizes((...about) => ask(stack.url, ...about));
    const time = (name: number, asked: typeof few) =>
      `${name} versions: ${short(median(asked.map((one) => one.milliseconds)))} ms`;
    const what = `electron feed, cold: time at ${MANY} / ${FEW} versions`;
    return atMost(1.3, "x", what, ratios, [time(FEW, few), time(MANY, many)]);
  } finally {
    await stack.stop();
  }
}

async function ask(url: string, software: string, versions: number, channel: string) {
  const startedAt = performance.now();
  const answer = await fetch(`${url}/feeds/${software}/electron/${channel}.yml`);
  const { version } = (await answer.json()) as { version?: string };
  const milliseconds = performance.now() - startedAt;
  if (version !== `1.0.${versions - 1}`) throw new Error(`${software}: ${answer.status}, version ${version}`);
  return { milliseconds };
}

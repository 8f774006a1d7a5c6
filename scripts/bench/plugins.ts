import type { Stack } from "../stack/stack.ts";
import { sharedWith, startBenchStack } from "./bench-stack.ts";
import type { Bench } from "./bench-stack.ts";
import { countRequests } from "./counting-proxy.ts";
import { atMost, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { seedPlugins } from "./seed-plugins.ts";

const FEW = 100;
const MANY = 10_000;
const ROUNDS = 7;
/** Requests for the short list in one round, so many that their time can be measured. */
const SHORT_REQUESTS = 20;
/**
 * A plugin in the long list may cost at most as much as one in the short list, with the cost of the request spread over all
 * of its plugins.
 */
const MOST = 1;

/** The list of plugins: its database round trips, and the time per plugin among 10,000 divided by that among 100. */
export async function measurePlugins(bench: Bench): Promise<Figure[]> {
  const few = await startBenchStack(bench, "few");
  try {
    const store = await startBenchStack(bench, "many");
    const proxy = await countRequests(store.settings.LIBSQL_URL ?? "");
    try {
      const many = await startBenchStack(bench, "counted", {
        ...sharedWith(store),
        LIBSQL_URL: proxy.url,
      });
      try {
        await Promise.all([seedPlugins(few, FEW), seedPlugins(store, MANY)]);
        bench.say(`list of plugins: ${ROUNDS} rounds`);
        return await compareLists(few, many, () => proxy.times().length);
      } finally {
        await many.stop();
      }
    } finally {
      await proxy.stop();
      await store.stop();
    }
  } finally {
    await few.stop();
  }
}

async function compareLists(few: Stack, many: Stack, trips: () => number): Promise<Figure[]> {
  const [counts, ratios, ofFew, ofMany]: number[][] = [[], [], [], []];
  let bytes = 0;
  await Promise.all([list(few, FEW), list(many, MANY)]);
  for (let round = 0; round < ROUNDS; round++) {
    const short: number[] = [];
    for (let left = SHORT_REQUESTS; left > 0; left--) short.push((await list(few, FEW)).ms);
    const before = trips();
    const long = await list(many, MANY);
    counts?.push(trips() - before);
    bytes = long.bytes;
    ofFew?.push(median(short));
    ofMany?.push(long.ms);
    ratios?.push(long.ms / MANY / (median(short) / FEW));
  }
  const times = `${short(median(ofFew ?? []))} ms for ${FEW}, ${short(median(ofMany ?? []))} ms and ${short(bytes / 1e6)} MB for ${MANY}`;
  return [
    atMost(1, "queries", `list of ${MANY} plugins: database round trips`, counts ?? []),
    atMost(MOST, "x", `list of plugins: time for each, ${MANY} / ${FEW}`, ratios ?? [], [times]),
  ];
}

async function list({ url }: Stack, expected: number): Promise<{ ms: number; bytes: number }> {
  const startedAt = performance.now();
  const answer = await fetch(`${url}/api/plugins/list`);
  const text = await answer.text();
  const ms = performance.now() - startedAt;
  if (answer.status !== 200) throw new Error(`${answer.status} ${text}`);
  const { data } = JSON.parse(text) as { data: unknown[] };
  if (data.length !== expected) throw new Error(`${data.length} plugins instead of ${expected}`);
  return { ms, bytes: Buffer.byteLength(text) };
}

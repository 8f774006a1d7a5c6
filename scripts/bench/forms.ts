import { fileURLToPath } from "node:url";
import type { Bench } from "./bench-stack.ts";
import type { ChildServer } from "./child-server.ts";
import { atLeast, atMost, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { startOriginal } from "./original.ts";
import type { Original } from "./original.ts";
import { startRealStack } from "./real-stack.ts";
import type { RealStack } from "./real-stack.ts";
import { runNode } from "./run-node.ts";

const FORMS_PROCESS = fileURLToPath(new URL("forms-process.ts", import.meta.url));
const MB = 1_000_000;
const ROUNDS = 3;
const CONNECTIONS = 2;
const sizes: readonly { megabytes: number; count: number }[] = [
  { megabytes: 1, count: 60 },
  { megabytes: 10, count: 16 },
  { megabytes: 100, count: 4 },
];

export type FormsOptions = {
  /** Where forms go. */
  url: string;
  apiKey: string;
  /** The beginning of each form's version; the rest is its number. */
  version: string;
  /** Bytes of the file. */
  size: number;
  count: number;
  connections: number;
};

/** `cpu`: seconds of all processes of the server for one form. */
type Round = { perSecond: number; cpu: number };

/** Uploads by form of three sizes, against the same in FastAPI: how many a second, and what CPU each takes. */
export async function measureForms(bench: Bench): Promise<Figure[]> {
  const stack = await startRealStack(bench, "slipway", { STORAGE_QUOTA_BYTES: "1000000000000" });
  try {
    const original = await startOriginal(bench);
    try {
      const figures: Figure[] = [];
      for (const [index, size] of sizes.entries())
        figures.push(...(await formsOf(bench, stack, original, { ...size, major: index + 1 })));
      return figures;
    } finally {
      await original?.stop();
    }
  } finally {
    await stack.stop();
  }
}

async function formsOf(
  bench: Bench,
  stack: RealStack,
  original: Original | null,
  { megabytes, count, major }: { megabytes: number; count: number; major: number },
): Promise<Figure[]> {
  const [mine, theirs]: [Round[], Round[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    // The first round warms both up.
    bench.say(`forms of ${megabytes} MB: round ${round} of ${ROUNDS}`);
    const asked = {
      apiKey: stack.settings.API_KEY ?? "",
      version: `${major}.${round}`,
      size: megabytes * MB,
      count,
      connections: CONNECTIONS,
    };
    const ours = await sendForms(stack, { ...asked, url: `${stack.url}/api/v1/upload/package` });
    const other = original && (await sendForms(original, { ...asked, url: `${original.url}/upload` }));
    if (round === 0) continue;
    mine.push(ours);
    if (other) theirs.push(other);
  }
  const middle = (rounds: Round[], of: keyof Round) => median(rounds.map((round) => round[of]));
  const side = (name: string, rounds: Round[]) =>
    `${name}: ${short(middle(rounds, "perSecond"))}/s, ${short(middle(rounds, "cpu") * 1000)} ms of CPU each`;
  const what = `forms of ${megabytes} MB`;
  if (!original) {
    const notes = [side("ours", mine), "no FastAPI to compare with here"];
    return [{ what, unit: "/s", rounds: mine.map(({ perSecond }) => perSecond), notes }];
  }
  const ratios = (of: keyof Round) => mine.map((round, index) => round[of] / (theirs[index]?.[of] ?? NaN));
  return [
    atLeast(1, "x", `${what}: a second / FastAPI`, ratios("perSecond"), [
      side("ours, all processes", mine),
      side(original.name, theirs),
    ]),
    atMost(1, "x", `${what}: CPU / FastAPI`, ratios("cpu")),
  ];
}

async function sendForms(server: ChildServer, options: FormsOptions): Promise<Round> {
  const before = server.cpuSeconds();
  const { output } = await runNode([FORMS_PROCESS, JSON.stringify(options)]);
  const { seconds } = JSON.parse(output) as { seconds: number };
  const cpu = (server.cpuSeconds() - before) / options.count;
  return { perSecond: options.count / seconds, cpu };
}

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
  /** The address to which forms are sent. */
  url: string;
  apiKey: string;
  /** How the version in each form begins; the form's number completes it. */
  version: string;
  /** Size of the file. Bytes. */
  size: number;
  count: number;
  connections: number;
};

/** `cpu`: CPU seconds that all processes of the server spend on one form. */
type Round = { perSecond: number; cpu: number };

/**
 * What the stack is compared with: the update server before this one, once unchanged, once with each file synced to the
 * disk as our server does it.
 */
type Originals = { plain: Original; synced: Original };

/**
 * Uploads by form in three sizes, compared with the update server before this one: how many a second, and the CPU time of
 * each.
 */
export async function measureForms(bench: Bench): Promise<Figure[]> {
  const stack = await startRealStack(bench, "slipway", { STORAGE_QUOTA_BYTES: "1000000000000" });
  const started: ChildServer[] = [stack];
  const start = async (syncsFiles: boolean) => {
    const original = await startOriginal(bench, { apiKey: keyOf(stack), syncsFiles });
    if (original) started.push(original);
    return original;
  };
  try {
    const [plain, synced] = [await start(false), await start(true)];
    const originals = plain && synced && { plain, synced };
    const figures: Figure[] = [];
    for (const [index, size] of sizes.entries())
      figures.push(...(await formsOf(bench, stack, originals, { ...size, major: index + 1 })));
    return figures;
  } finally {
    for (const server of started) await server.stop();
  }
}

const keyOf = (stack: RealStack) => stack.settings.API_KEY ?? "";

async function formsOf(
  bench: Bench,
  stack: RealStack,
  originals: Originals | null,
  { megabytes, count, major }: { megabytes: number; count: number; major: number },
): Promise<Figure[]> {
  const [mine, theirs, synced]: [Round[], Round[], Round[]] = [[], [], []];
  for (let round = 0; round <= ROUNDS; round++) {
    // All servers warm up in the first round, so it is not counted.
    bench.say(`forms of ${megabytes} MB: round ${round} of ${ROUNDS}`);
    const asked = {
      apiKey: keyOf(stack),
      version: `${major}.${round}`,
      size: megabytes * MB,
      count,
      connections: CONNECTIONS,
    };
    const sides: [RealStack | Original | undefined, Round[]][] = [
      [stack, mine],
      [originals?.plain, theirs],
      [originals?.synced, synced],
    ];
    for (const [server, rounds] of sides) {
      const sent = server && (await sendForms(server, asked));
      if (sent && round > 0) rounds.push(sent);
    }
  }
  return compared(
    `forms of ${megabytes} MB`,
    mine,
    originals && { name: originals.plain.name, theirs, synced },
  );
}

function compared(
  what: string,
  mine: Round[],
  other: { name: string; theirs: Round[]; synced: Round[] } | null,
): Figure[] {
  const middle = (rounds: Round[], of: keyof Round) => median(rounds.map((round) => round[of]));
  const side = (name: string, rounds: Round[]) =>
    `${name}: ${short(middle(rounds, "perSecond"))}/s, ${short(middle(rounds, "cpu") * 1000)} ms of CPU each`;
  if (!other) {
    const notes = [side("ours", mine), "no FastAPI to compare with here"];
    return [{ what, unit: "/s", rounds: mine.map(({ perSecond }) => perSecond), notes }];
  }
  const ratios = (of: keyof Round, rounds: Round[]) =>
    mine.map((round, index) => round[of] / (rounds[index]?.[of] ?? NaN));
  const against = (of: keyof Round) => `${short(median(ratios(of, other.synced)))} x`;
  return [
    atLeast(1, "x", `${what}: a second / FastAPI`, ratios("perSecond", other.theirs), [
      side("ours, all processes, file and rows synced, SHA-256, SHA-1 and SHA-512", mine),
      side(`the original in ${other.name}, rows synced, SHA-256`, other.theirs),
      side("the same with the file synced", other.synced),
      `against that ${against("perSecond")} a second, ${against("cpu")} the CPU`,
    ]),
    atMost(1, "x", `${what}: CPU / FastAPI`, ratios("cpu", other.theirs)),
  ];
}

async function sendForms(server: RealStack | Original, options: Omit<FormsOptions, "url">): Promise<Round> {
  const before = server.cpuSeconds();
  const url = `${server.url}/api/v1/upload/package`;
  const { output } = await runNode([FORMS_PROCESS, JSON.stringify({ ...options, url })]);
  const { seconds } = JSON.parse(output) as { seconds: number };
  const cpu = (server.cpuSeconds() - before) / options.count;
  return { perSecond: options.count / seconds, cpu };
}

import { join } from "node:path";
import type { Bench } from "./bench-stack.ts";
import { downloadUrl } from "./download.ts";
import { download } from "./downloads.ts";
import { atMost, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { writeRandom } from "./files.ts";
import { sampleMemory } from "./memory-sampler.ts";
import type { Peak } from "./memory-sampler.ts";
import { nameOf, proportionalBytes } from "./process-tree.ts";
import { publishByCli } from "./publish-cli.ts";
import { startRealStack } from "./real-stack.ts";
import type { RealStack } from "./real-stack.ts";

const MIB = 1024 * 1024;
const SIZE_MIB = 500;
const CLIENTS = 4;
/** By then the first run of cron is over, and the memory that only the start needed is free again. */
const SETTLED_MS = 20_000;
const IDLE_MS = 10_000;
const MOST_IDLE_MIB = 300;
const MOST_BUSY_MIB = 400;

/** Resident memory of all processes: while nothing happens, and the most while 500 MiB are uploaded and then downloaded. */
export async function measureMemory(bench: Bench): Promise<Figure[]> {
  const file = join(bench.folder, "package.zip");
  await writeRandom(file, SIZE_MIB);
  const stack = await startRealStack(bench, "slipway");
  try {
    bench.say("memory: idle");
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    const idle = await peakOf(
      stack,
      () => new Promise<void>((resolve) => setTimeout(() => resolve(), IDLE_MS)),
    );
    bench.say(`memory: ${SIZE_MIB} MiB are taken, then served to ${CLIENTS}`);
    const publish = () => publishByCli(stack, { version: "1.0.0", file, home: bench.folder });
    const taking = await peakOf(stack, publish);
    const url = await downloadUrl(stack);
    const serving = await peakOf(stack, () => download({ url, clients: CLIENTS }, SIZE_MIB * MIB));
    const busy = Math.max(taking.bytes, serving.bytes);
    return [
      atMost(
        MOST_IDLE_MIB,
        "MiB",
        "memory of all processes, idle",
        [idle.bytes / MIB],
        [
          `${parts(idle)}; npm's own process is not among them`,
          `shared pages counted once: ${short(idle.once / MIB)} MiB`,
        ],
      ),
      atMost(
        MOST_BUSY_MIB,
        "MiB",
        `memory, most while taking and serving ${SIZE_MIB} MiB`,
        [busy / MIB],
        [
          `taking: ${parts(taking)}`,
          `serving to ${CLIENTS}: ${parts(serving)}`,
          `right after, shared pages counted once: ${short(Math.max(taking.once, serving.once) / MIB)} MiB`,
        ],
      ),
    ];
  } finally {
    await stack.stop();
  }
}

type Seen = Peak & { once: number };

async function peakOf(stack: RealStack, work: () => Promise<unknown>): Promise<Seen> {
  const sampler = sampleMemory(stack.processes);
  let once: number;
  let peak: Peak;
  try {
    await work();
  } finally {
    once = proportionalBytes(stack.processes());
    peak = sampler.stop();
  }
  return { ...peak, once };
}

const parts = ({ of, bytes }: Peak) =>
  `${short(bytes / MIB)} MiB: ${of.map((one) => `${nameOf(one.pid)} ${Math.round(one.bytes / MIB)}`).join(", ")}`;

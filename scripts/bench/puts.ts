import { join } from "node:path";
import type { Bench } from "./bench-stack.ts";
import { atLeast, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { writeRandom } from "./files.ts";
import { cpuSplit } from "./process-tree.ts";
import { putIntoBucket, putParts, ranges } from "./plain-puts.ts";
import { startPlainServer } from "./plain-server.ts";
import { startRealStack } from "./real-stack.ts";

const SIZE_MIB = 512;
const ROUNDS = 5;
const LEAST = 0.6;

/**
 * Plain signed PUTs of parts into the embedded bucket, compared with a plain Node server that writes and syncs the same
 * bytes.
 */
export async function measurePuts(bench: Bench): Promise<Figure[]> {
  const stack = await startRealStack(bench, "slipway");
  try {
    const plain = await startPlainServer(bench);
    try {
      const file = join(bench.folder, "parts");
      await writeRandom(file, SIZE_MIB);
      const parts = ranges(SIZE_MIB).map(({ start, size }, index) => ({
        start,
        size,
        url: `${plain.url}/${index}`,
        headers: {},
      }));
      const [ours, theirs, ourCpu, theirCpu]: number[][] = [[], [], [], []];
      const split = cpuSplit(stack.processes());
      for (let round = -1; round < ROUNDS; round++) {
        bench.say(`part PUTs: round ${round + 1} of ${ROUNDS}`);
        const [stackBefore, plainBefore] = [stack.cpuSeconds(), plain.cpuSeconds()];
        const mine = await putIntoBucket(stack, file, SIZE_MIB);
        const other = await putParts(file, parts);
        // In the first round both servers warm up, and the plain server creates the files that it overwrites from then on.
        if (round < 0) continue;
        ours?.push(mine);
        theirs?.push(other);
        ourCpu?.push(stack.cpuSeconds() - stackBefore);
        theirCpu?.push(plain.cpuSeconds() - plainBefore);
      }
      const side = (name: string, seconds: number[] = [], cpu: number[] = []) =>
        `${name}: ${short(SIZE_MIB / median(seconds))} MiB/s, ${short(median(cpu))} s of CPU for ${SIZE_MIB} MiB`;
      const ratios = (ours ?? []).map((seconds, round) => (theirs?.[round] ?? NaN) / seconds);
      return [
        atLeast(LEAST, "x", "part PUTs, rate / plain Node server", ratios, [
          side("embedded bucket, all processes", ours, ourCpu),
          `of CPU in all ${ROUNDS + 1} rounds: ${split(stack.processes())}`,
          side("plain Node server, synced files", theirs, theirCpu),
        ]),
      ];
    } finally {
      await plain.stop();
    }
  } finally {
    await stack.stop();
  }
}

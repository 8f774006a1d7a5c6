import { join } from "node:path";
import type { Bench } from "./bench-stack.ts";
import { countBytes } from "./counting-proxy.ts";
import { atMost, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { writeRandom } from "./files.ts";
import { putIntoBucket } from "./plain-puts.ts";
import { JOBS, publishByCli, publishUntilOffered } from "./publish-cli.ts";
import { startRealStack } from "./real-stack.ts";
import type { RealStack } from "./real-stack.ts";
import { measureCreation } from "./upload-creation.ts";

const MIB = 1024 * 1024;
const SIZES = [500, 1024];
const ROUNDS = 3;
const MOST = 1.3;

/**
 * Time from the start of the command line until a client is offered the version, compared with plain PUTs of the same
 * parts.
 */
export async function measurePublish(bench: Bench): Promise<Figure[]> {
  const stack = await startRealStack(bench, "slipway");
  try {
    const figures: Figure[] = [];
    for (const [index, mebibytes] of SIZES.entries())
      figures.push(await publishOf(bench, stack, mebibytes, index + 1));
    const { perUpload } = await measureCreation(stack, 1024 * MIB);
    return [...figures, await throughTheWorker(bench, stack), perUpload];
  } finally {
    await stack.stop();
  }
}

async function publishOf(bench: Bench, stack: RealStack, mebibytes: number, major: number): Promise<Figure> {
  const [plain, sent, offered, cpu]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    bench.say(`publish of ${mebibytes} MiB: round ${round + 1} of ${ROUNDS}`);
    const file = join(bench.folder, "package.zip");
    // Each round writes new bytes, because the bucket would already have an object of the old ones.
    await writeRandom(file, mebibytes);
    plain.push(await putIntoBucket(stack, file, mebibytes));
    const before = stack.cpuSeconds();
    const version = `${major}.${round}.0`;
    const times = await publishUntilOffered(stack, { version, file, home: bench.folder });
    sent.push(times.sent);
    offered.push(times.offered);
    cpu.push(stack.cpuSeconds() - before);
  }
  const ratios = offered.map((seconds, round) => seconds / (plain[round] ?? NaN));
  const rate = (seconds: number[]) =>
    `${short(median(seconds))} s, ${short(mebibytes / median(seconds))} MiB/s`;
  return atMost(MOST, "x", `publish of ${mebibytes} MiB until offered / plain PUTs`, ratios, [
    `by the command line, from its start until a client is offered the version: ${rate(offered)}`,
    `of that until all bytes are sent and accepted: ${rate(sent)}; the rest is verification`,
    `plain PUTs of the same parts into the same bucket, ${JOBS} at a time: ${rate(plain)}`,
    `${short(median(cpu))} s of CPU of all processes of the stack`,
  ]);
}

/**
 * How many bytes of a publication do not go straight to the bucket. In a deployment on Workers, these pass through the
 * Worker.
 */
async function throughTheWorker(bench: Bench, stack: RealStack): Promise<Figure> {
  const mebibytes = 100;
  const proxy = await countBytes(stack.url);
  try {
    const file = join(bench.folder, "package.zip");
    await writeRandom(file, mebibytes);
    const { url } = proxy;
    await publishByCli({ ...stack, url }, { version: "9.0.0", file, home: bench.folder });
    const beside = proxy.bytes() / 1024 - mebibytes * 1024;
    return atMost(100, "KiB", "publish: bytes beside the file's own, both directions", [beside]);
  } finally {
    await proxy.stop();
  }
}

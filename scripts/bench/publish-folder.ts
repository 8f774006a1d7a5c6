import { createReadStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createNativeHasher } from "../../functions/kit/hash/hash.ts";
import type { Bench } from "./bench-stack.ts";
import { atMost, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { writeRandom } from "./files.ts";
import { putIntoBucket } from "./plain-puts.ts";
import { publishFolderByCli } from "./publish-cli.ts";
import { startRealStack } from "./real-stack.ts";

/** A release as build tools leave it: an installer of each of two kinds for each system and arch, 1.5 GB in all. */
const TARGETS = ["windows.exe", "windows.msi", "macos.dmg", "macos.zip", "linux.deb", "linux.rpm"];
const ARCHES = ["x64", "arm64"];
const MEBIBYTES = 120;
/** Few, and each round's files are removed: memory that a virtual machine touches for the first time slows the later ones. */
const ROUNDS = 2;
const MOST = 1.1;
const READ_BYTES = 1024 * 1024;

/**
 * Time of `slipway publish` for a folder of twelve files, until all are visible, compared with plain PUTs of the same parts and
 * one pass of the hashes that the server takes of each.
 */
export async function measurePublishFolder(bench: Bench): Promise<Figure[]> {
  const stack = await startRealStack(bench, "slipway");
  const [published, puts, hashing]: [number[], number[], number[]] = [[], [], []];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      bench.say(`publish of a folder: round ${round + 1} of ${ROUNDS}`);
      const folder = join(bench.folder, `dist-${round}`);
      const files = await writeFolder(folder, `1.${round}.0`);
      puts.push(await sumOf(files, (file) => putIntoBucket(stack, file, MEBIBYTES)));
      hashing.push(await sumOf(files, hashSeconds));
      published.push(await publishFolderByCli(stack, { folder, home: bench.folder }));
      await rm(folder, { recursive: true });
    }
  } finally {
    await stack.stop();
  }
  const ratios = published.map(
    (seconds, round) => seconds / ((puts[round] ?? NaN) + (hashing[round] ?? NaN)),
  );
  const took = (seconds: number[]) => `${short(median(seconds))} s`;
  return [
    atMost(MOST, "x", "publish of a folder / plain PUTs and hashing", ratios, [
      `12 files of ${MEBIBYTES} MiB by one command, from its start until the release is visible: ${took(published)}`,
      `plain PUTs, one file after another: ${took(puts)}; their SHA-256, SHA-1 and SHA-512: ${took(hashing)}`,
    ]),
  ];
}

async function writeFolder(folder: string, version: string): Promise<string[]> {
  await mkdir(folder);
  const files = TARGETS.flatMap((target) => {
    const [platform, extension] = target.split(".");
    return ARCHES.map((arch) => join(folder, `bench-v${version}-full-${platform}-${arch}.${extension}`));
  });
  for (const file of files) await writeRandom(file, MEBIBYTES);
  return files;
}

async function sumOf(files: readonly string[], measure: (file: string) => Promise<number>): Promise<number> {
  let sum = 0;
  for (const file of files) sum += await measure(file);
  return sum;
}

async function hashSeconds(file: string): Promise<number> {
  const startedAt = performance.now();
  const hasher = createNativeHasher(["sha256", "sha1", "sha512"]);
  for await (const chunk of createReadStream(file, { highWaterMark: READ_BYTES }))
    hasher.update(chunk as Buffer);
  hasher.digest();
  return (performance.now() - startedAt) / 1000;
}

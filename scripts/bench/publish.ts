import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createS3Storage } from "../../functions/core/storage.s3.ts";
import type { Stack } from "../stack/stack.ts";
import { startBenchStack } from "./bench-stack.ts";
import type { Bench } from "./bench-stack.ts";
import { countBytes } from "./counting-proxy.ts";
import { atLeast, atMost, median, short } from "./figure.ts";
import type { Figure } from "./figure.ts";
import type { PlainPut } from "./plain-put.ts";
import { runNode } from "./run-node.ts";
import { measureCreation } from "./upload-creation.ts";

const MIB = 1024 * 1024;
const SIZE_MIB = 1024;
const ROUNDS = 3;
/** The command line's default, and what the plain PUTs do too. */
const JOBS = 4;
/** Far more than a verification takes; what is not published by then never will be. */
const PUBLISHED_MS = 120_000;

const EVERY_MINUTE = "* * * * *";
const SCRIPTS = fileURLToPath(new URL("..", import.meta.url));

/** Publish of 1 GiB by the command line against plain PUTs of its parts, and what of it passes through the Worker. */
export async function measurePublish(bench: Bench): Promise<Figure[]> {
  const stack = await startBenchStack(bench, "slipway");
  const proxy = await countBytes(stack.url);
  try {
    const { perUpload, partSize } = await measureCreation(stack, SIZE_MIB * MIB);
    const file = join(bench.folder, "package.zip");
    await writeRandom(file, SIZE_MIB);
    const plain: number[] = [];
    const acknowledged: number[] = [];
    const verified: number[] = [];
    const published: number[] = [];
    const kibibytes: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      bench.say(`publish of ${SIZE_MIB} MiB: round ${round + 1} of ${ROUNDS}`);
      plain.push(await putPlainly(stack, file, partSize, round));
      const early = { version: `1.${round}.0`, url: proxy.url, file, home: bench.folder };
      acknowledged.push(await publish(stack, { ...early, flags: ["--no-wait"] }));
      verified.push(await untilPublished(stack, early.version));
      const before = proxy.bytes();
      published.push(await publish(stack, { ...early, version: `1.${round}.1`, flags: [] }));
      kibibytes.push((proxy.bytes() - before) / 1024);
    }
    const ratio = (times: number[]) => times.map((time, round) => (plain[round] ?? NaN) / time);
    const seconds = (times: number[]) => `${short(median(times))} s`;
    return [
      atLeast(0.85, `publish of ${SIZE_MIB} MiB, acknowledged / plain PUTs`, ratio(acknowledged), [
        `acknowledged (--no-wait): all bytes are in the bucket and accepted, verification runs: ${seconds(acknowledged)}`,
        `plain PUTs of the same parts, ${JOBS} at a time: ${seconds(plain)}`,
      ]),
      {
        what: `publish of ${SIZE_MIB} MiB, until published / plain PUTs`,
        unit: "x",
        rounds: ratio(published),
        notes: [`published (default): verified by the server and listed: ${seconds(published)}`],
      },
      atMost(100, "KiB", "publish: bytes through the Worker, both directions", kibibytes),
      {
        what: "verification: hashed, promoted and published",
        unit: "MiB/s",
        rounds: verified.map((time) => SIZE_MIB / time),
      },
      perUpload,
    ];
  } finally {
    await proxy.stop();
    await stack.stop();
  }
}

/** Seconds that the bucket takes for presigned PUTs of the parts, by a process of its own. */
async function putPlainly(stack: Stack, file: string, partSize: number, round: number): Promise<number> {
  const { settings } = stack;
  const storage = createS3Storage({
    endpoint: settings.S3_ENDPOINT ?? "",
    region: settings.S3_REGION ?? "",
    bucket: settings.S3_BUCKET ?? "",
    accessKeyId: settings.S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: settings.S3_SECRET_ACCESS_KEY ?? "",
    forcePathStyle: true,
  });
  const key = `bench/plain-${round}`;
  const uploadId = await storage.createMultipart(key, { contentType: "application/octet-stream" });
  const parts: PlainPut["parts"] = [];
  for (let start = 0; start < SIZE_MIB * MIB; start += partSize) {
    const size = Math.min(partSize, SIZE_MIB * MIB - start);
    const signed = await storage.signPart(key, uploadId, parts.length + 1, { expiresIn: 3600, size });
    parts.push({ ...signed, start, size });
  }
  const input: PlainPut = { file, jobs: JOBS, parts };
  const { seconds } = await runNode([join(SCRIPTS, "bench", "plain-put.ts")], {
    input: JSON.stringify(input),
  });
  await storage.abortMultipart(key, uploadId);
  return seconds;
}

type Publishing = { version: string; url: string; file: string; home: string; flags: string[] };

/** Seconds that the command takes from its start to its end. */
async function publish(stack: Stack, { version, url, file, home, flags }: Publishing): Promise<number> {
  const wanted = ["--version", version, "--type", "full", "--jobs", String(JOBS), "--json", ...flags];
  const { seconds } = await runNode([join(SCRIPTS, "cli", "slipway.ts"), "publish", file, ...wanted], {
    env: {
      SLIPWAY_URL: url,
      SLIPWAY_API_KEY: stack.settings.API_KEY ?? "",
      HOME: home,
      XDG_CONFIG_HOME: join(home, "config"),
      XDG_STATE_HOME: join(home, "state"),
    },
  });
  return seconds;
}

/** Seconds from now until a version is listed. */
async function untilPublished(stack: Stack, version: string): Promise<number> {
  const startedAt = performance.now();
  const signal = AbortSignal.timeout(PUBLISHED_MS);
  for (;;) {
    // A kept connection may be closed while the tick runs.
    const headers = { connection: "close" };
    const answer = await fetch(`${stack.url}/api/v1/packages?limit=5`, { headers, signal });
    const packages = (await answer.json()) as { version: string }[];
    if (packages.some((one) => one.version === version)) return (performance.now() - startedAt) / 1000;
    // A tick may fail while the bucket's emulation copies a large object and answers nobody.
    const cron = stack.runCron(EVERY_MINUTE).catch(() => {});
    await Promise.race([cron, once(signal, "abort").then(() => signal.throwIfAborted())]);
  }
}

async function writeRandom(path: string, mebibytes: number): Promise<void> {
  const file = await open(path, "w");
  try {
    for (let written = 0; written < mebibytes; written++) await file.write(randomBytes(MIB));
    await file.sync();
  } finally {
    await file.close();
  }
}

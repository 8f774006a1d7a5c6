import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { BUNDLE, buildWorker } from "../build-worker.ts";
import { openDataDir } from "../stack/data-dir.ts";
import { freePort } from "../stack/processes.ts";
import { startWorker } from "../stack/worker.ts";
import { readWranglerOptions } from "../stack/wrangler.ts";
import { startBenchStack, writeConstantBundle } from "./bench-stack.ts";
import type { Bench } from "./bench-stack.ts";
import { atMost, short } from "./figure.ts";
import type { Figure } from "./figure.ts";

const ROUNDS = 7;
const KIB = 1024;

/** Size of what a deployment uploads, and what it takes to start beyond what the runtime itself takes. */
export async function measureBundle(bench: Bench): Promise<Figure[]> {
  await buildWorker();
  const modules = globSync("*.{js,wasm}", { cwd: BUNDLE }).map((name) => readFileSync(join(BUNDLE, name)));
  const size = modules.reduce((sum, module) => sum + module.length, 0) / KIB;
  const compressed = modules.reduce((sum, module) => sum + gzipSync(module).length, 0) / KIB;

  const store = await startBenchStack(bench, "store");
  try {
    const constant = await writeConstantBundle(bench);
    const { settings } = store;
    const ours: number[] = [];
    const extra: number[] = [];
    bench.say(`start-up: ${ROUNDS} rounds`);
    for (let round = -1; round < ROUNDS; round++) {
      const mine = await startUp(bench, BUNDLE, settings);
      const theirs = await startUp(bench, constant, settings);
      if (round < 0) continue;
      ours.push(mine);
      extra.push(mine - theirs);
    }
    return [
      { what: "bundle", unit: "KiB", rounds: [size] },
      atMost(1024, "KiB", "bundle, compressed (gzip)", [compressed]),
      {
        what: "start-up beyond that of a constant Worker",
        unit: "ms",
        rounds: extra,
        notes: [
          `from nothing to the first answer, workerd and Miniflare included: ${short(Math.min(...ours))} ms at best`,
        ],
      },
    ];
  } finally {
    await store.stop();
  }
}

/** Milliseconds from nothing to the first answer, which asks no database. */
async function startUp(bench: Bench, bundle: string, bindings: Record<string, string>): Promise<number> {
  const wrangler = await readWranglerOptions();
  const dir = await openDataDir(join(bench.folder, "start-up"));
  const port = await freePort();
  const startedAt = performance.now();
  const worker = await startWorker({
    wrangler,
    host: "127.0.0.1",
    port,
    dir,
    bindings,
    bucket: null,
    triggerHandlers: false,
    onLog: () => {},
    bundle,
  });
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`/ answered ${answer.status}`);
    return performance.now() - startedAt;
  } finally {
    await worker.stop();
    dir.release();
  }
}

import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { BUNDLE, buildWorker } from "../build-worker.ts";
import { openDataDir } from "../stack/data-dir.ts";
import { withErrands } from "../stack/errand.ts";
import { openOutput } from "../stack/output.ts";
import { freePort } from "../process/processes.ts";
import { startWorkerd } from "../stack/workerd.ts";
import { bucketOf, startBenchStack } from "./bench-stack.ts";
import type { Bench } from "./bench-stack.ts";
import { atMost, short } from "./figure.ts";
import type { Figure } from "./figure.ts";

const ROUNDS = 7;
const KIB = 1024;

const CONSTANT_BUNDLE = `export default { fetch: () => new Response("constant"), scheduled: () => {} };\n`;

/** How much a deployment uploads, and how much longer than the bare runtime it takes to start. */
export async function measureBundle(bench: Bench): Promise<Figure[]> {
  await buildWorker();
  const modules = globSync("*.{js,wasm}", { cwd: BUNDLE }).map((name) => readFileSync(join(BUNDLE, name)));
  const size = modules.reduce((sum, module) => sum + module.length, 0) / KIB;
  const compressed = modules.reduce((sum, module) => sum + gzipSync(module).length, 0) / KIB;

  const store = await startBenchStack(bench, "store");
  try {
    const constant = join(bench.folder, "constant");
    mkdirSync(constant);
    writeFileSync(join(constant, "index.js"), CONSTANT_BUNDLE);
    const variables = bucketOf(store.url, store.settings);
    const ours: number[] = [];
    const extra: number[] = [];
    bench.say(`start-up: ${ROUNDS} rounds`);
    for (let round = -1; round < ROUNDS; round++) {
      const mine = await startUp(bench, BUNDLE, variables);
      const theirs = await startUp(bench, constant, variables);
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
          `workerd with its configuration, to the first answer: ${short(Math.min(...ours))} ms at best`,
        ],
      },
    ];
  } finally {
    await store.stop();
  }
}

/** Milliseconds from starting a server to its first answer, for which it asks no database. */
async function startUp(bench: Bench, bundle: string, variables: Record<string, string>): Promise<number> {
  const dir = await openDataDir(join(bench.folder, "start-up"));
  const front = join(dir.run, "front.js");
  try {
    const built = await withErrands((run) => run("build", { variables, bundle, front }));
    const port = await freePort();
    const startedAt = performance.now();
    const worker = await startWorkerd({
      host: "127.0.0.1",
      port,
      dir,
      built,
      front,
      variables,
      bucket: null,
      onLog: () => {},
      output: openOutput(1),
      errors: openOutput(2),
      gaveUp: () => {},
    });
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/`);
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`/ answered ${answer.status}`);
      return performance.now() - startedAt;
    } finally {
      await worker.close();
      await worker.stop();
    }
  } finally {
    dir.release();
  }
}

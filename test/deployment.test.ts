import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from "wrangler";
import { BUNDLE, buildWorker } from "../scripts/build-worker.ts";
import { readWranglerOptions } from "../scripts/stack/wrangler.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const MINUTE_MS = 60_000;

/** What `wrangler deploy` would upload, and what `npm start` runs. */
let deployed: string;
beforeAll(async () => {
  deployed = await mkdtemp(join(tmpdir(), "slipway-deployment-"));
  const packageJson = createRequire(import.meta.url).resolve("wrangler/package.json");
  const wrangler = join(dirname(packageJson), "bin", "wrangler.js");
  await promisify(execFile)(process.execPath, [wrangler, "deploy", "--dry-run", "--outdir", deployed], {
    cwd: ROOT,
    // Nothing is asked of or sent to anybody, and no log is left in the home folder.
    env: {
      ...process.env,
      WRANGLER_HIDE_BANNER: "true",
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_SEND_ERROR_REPORTS: "false",
      WRANGLER_WRITE_LOGS: "false",
    },
  });
  await buildWorker();
}, 2 * MINUTE_MS);
afterAll(() => rm(deployed, { recursive: true, force: true }));

test("wrangler bundles for a deployment the very modules that npm start runs", async () => {
  const modules = async (folder: string) =>
    (await readdir(folder)).filter((name) => /\.(js|wasm|bin|txt)$/.test(name)).toSorted();
  expect(await modules(BUNDLE)).toEqual(await modules(deployed));
  expect(await imports(BUNDLE)).toEqual(await imports(deployed));
  expect(await imports(BUNDLE)).toContain("node:crypto");
  expect(await sources(BUNDLE)).toEqual(await sources(deployed));
  expect(await sources(BUNDLE)).toContain("node_modules/@aws-sdk/xml-builder/dist-cjs/index.js");
});

test("wrangler.toml is read here as wrangler reads it", async () => {
  const config = join(ROOT, "wrangler.toml");
  const { workerOptions } = unstable_getMiniflareWorkerOptions(config);
  const { main, crons, alias, ...options } = await readWranglerOptions();
  expect(workerOptions).toMatchObject(options);
  const read = unstable_readConfig({ config });
  expect(read).toMatchObject({ main, triggers: { crons } });
  expect(Object.keys(alias)).toEqual(Object.keys(read.alias ?? {}));
});

/** What the bundle leaves to the runtime. */
async function imports(folder: string): Promise<string[]> {
  const script = await readFile(join(folder, "index.js"), "utf8");
  const found = script.matchAll(/^\s*(?:import|export)\b[^;]*?\bfrom "([^"]+)";$/gm);
  return [...new Set(Array.from(found, ([, name]) => name ?? ""))].toSorted();
}

/** The files that went into the bundle, but for what each bundler adds. */
async function sources(folder: string): Promise<string[]> {
  const map = JSON.parse(await readFile(join(folder, "index.js.map"), "utf8")) as { sources: string[] };
  const names = map.sources.map((source) =>
    source.replace(/^(?:\.\.\/)*(?:.*(?=\/(?:functions|schema|node_modules)\/)\/)?/, ""),
  );
  return [...new Set(names)].filter((name) => /^(?:functions|schema|node_modules)\//.test(name)).toSorted();
}

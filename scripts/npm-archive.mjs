// Runs with whatever Node the user has (20 or newer).
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** A failure whose message is shown to the user without a stack. */
export class Stop extends Error {}

/**
 * The npm that runs us, with a Node outside node_modules, because an install may replace the Node inside.
 * @param {string} root the project's folder
 * @returns {[string, ...string[]]} a command and its first arguments
 */
export function npmCommand(root) {
  const script = process.env.npm_execpath;
  const outside = process.env.npm_node_execpath;
  const node = outside && !outside.startsWith(join(root, "node_modules")) ? outside : process.execPath;
  // Under npx this is the script of npx, not of npm.
  return script && basename(script) === "npm-cli.js" ? [node, script] : ["npm"];
}

/**
 * Fetches a package's archive from the registry, compares it with the lock file, and unpacks it into a folder that exists
 * while `use` runs.
 * @param {{ name: string, entry: { version: string, integrity: string }, root: string }} wanted
 * @param {(folder: string) => void} use
 * @throws Stop
 */
export function unpack({ name, entry, root }, use) {
  const folder = mkdtempSync(join(tmpdir(), "slipway-package-"));
  try {
    const [command, ...first] = npmCommand(root);
    const args = ["pack", `${name}@${entry.version}`, "--pack-destination", folder, "--loglevel=error"];
    const result = spawnSync(command, [...first, ...args], { cwd: root, encoding: "utf8" });
    if (result.status !== 0) {
      throw new Stop(
        `${name}@${entry.version} cannot be fetched.\n${result.stderr ?? ""}${result.error ?? ""}`.trim(),
      );
    }
    const archive = join(folder, readdirSync(folder).find((file) => file.endsWith(".tgz")) ?? "none");
    const integrity = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
    if (integrity !== entry.integrity) {
      throw new Stop(`${name}: the fetched archive is not the one that is expected.`);
    }
    const unpacked = join(folder, "package");
    mkdirSync(unpacked, { recursive: true });
    execFileSync("tar", ["-xzf", archive, "-C", unpacked, "--strip-components=1"]);
    use(unpacked);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

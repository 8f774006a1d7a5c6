import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Bench } from "./bench-stack.ts";
import { atMost, short } from "./figure.ts";
import type { Figure } from "./figure.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LONGEST_MS = 10 * 60_000;
const MOST_MB = 450;

/** How long and how much a fresh clone installs from the npm registry for `npm start`. */
export async function measureInstall(bench: Bench): Promise<Figure[]> {
  const clone = join(bench.folder, "clone");
  bench.say("installing into a fresh clone");
  run("git", ["clone", "--quiet", ROOT, clone]);
  const startedAt = performance.now();
  run("npm", ["run", "--silent", "prestart"], clone);
  const seconds = (performance.now() - startedAt) / 1000;
  const bytes = Number(run("du", ["-s", "--block-size=1", join(clone, "node_modules")]).split("\t")[0]);
  return [
    atMost(
      MOST_MB,
      "MB",
      "node_modules after the install for npm start",
      [bytes / 1e6],
      [`of the last commit, on disk; it took ${short(seconds)} s, which depends on npm's cache and network`],
    ),
  ];
}

function run(program: string, args: string[], cwd?: string): string {
  // This project's own node is taken out of PATH, so that programs are found as in a user's shell.
  const PATH = (process.env.PATH ?? "")
    .split(":")
    .filter((folder) => !folder.includes("node_modules"))
    .join(":");
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: "utf8",
    timeout: LONGEST_MS,
    env: { PATH, HOME: process.env.HOME },
    ...(cwd !== undefined && { cwd }),
  });
  if (status !== 0) throw new Error(`${program} ${args[0]}: ${error?.message ?? stderr.slice(-1000)}`);
  return stdout;
}

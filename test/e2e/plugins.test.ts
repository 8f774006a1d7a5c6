import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, readdir, rename, truncate, watch, writeFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { createHome, type Home } from "../cli/run-cli.ts";
import { withStack } from "../support/stack.ts";

const MIB = 1024 * 1024;
const homes: Home[] = [];

afterEach(async () => {
  for (const home of homes.splice(0)) await home.remove();
});

async function user(url: string, env: NodeJS.ProcessEnv): Promise<Home> {
  const home = await createHome({ url, env });
  homes.push(home);
  return home;
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function plugin(home: Home, name: string, version: string, more: object = {}): Promise<void> {
  const manifest = { name, version, main: "Main.dll", entryClass: "Main.Entry", ...more };
  await mkdir(home.path(name, "assets"), { recursive: true });
  await writeFile(home.path(name, "plugin.json"), JSON.stringify(manifest));
  await writeFile(home.path(name, "Main.dll"), `${name} ${version}`);
  await writeFile(home.path(name, "assets", "icon.bin"), randomBytes(2000));
}

type Plan = { plan: { name: string; version: string; action: string; sha256: string }[]; lock: object };

test("plugins: from folders to a plan, its lock and its verified archives", async () => {
  await withStack({}, async ({ url }) => {
    const maker = await user(url, { SLIPWAY_PLUGIN_KEY: "makers_key" });
    const publish = async (name: string, version: string, more?: object) => {
      await plugin(maker, name, version, more);
      return maker.run(["plugins", "publish", name, "--json"]);
    };
    const needs = { dependencies: { "com.example.lib": "^1.0.0" }, engines: { Host: ">=2" } };
    for (const done of [
      await publish("com.example.lib", "1.1.0"),
      await publish("com.example.lib", "2.0.0"),
      await publish("com.example.app", "1.0.0", needs),
    ])
      expect(done.code, done.stderr).toBe(0);
    const again = await maker.run(["plugins", "publish", "com.example.app"]);
    expect(again.code, again.stderr).toBe(0);
    expect(again.stdout).toContain("com.example.app 1.0.0");
    expect((await publish("com.example.app", "1.0.0", needs)).code).toBe(5);

    const stranger = await user(url, { SLIPWAY_PLUGIN_KEY: "another_key" });
    await plugin(stranger, "com.example.app", "1.1.0");
    const refused = await stranger.run(["plugins", "publish", "com.example.app", "--json"]);
    expect(refused.code).toBe(3);
    expect(refused.stdout + refused.stderr).not.toContain("another_key");

    const resolve = ["plugins", "resolve", "--lock", "plugins.lock", "--download", "got", "--json"];
    const first = await stranger.run([...resolve, "com.example.app", "--engine", "Host=2.1.0"]);
    expect(first.code, first.stderr).toBe(0);
    const { plan } = JSON.parse(first.stdout) as Plan;
    expect(plan.map(({ name, version }) => `${name}@${version}`)).toEqual([
      "com.example.lib@1.1.0",
      "com.example.app@1.0.0",
    ]);
    for (const step of plan) {
      const bytes = await readFile(stranger.path("got", `${step.name}@${step.version}.zip`));
      expect(sha256(bytes)).toBe(step.sha256);
    }
    await publish("com.example.lib", "1.2.0");
    const locked = await stranger.run(resolve);
    expect(locked.code, locked.stderr).toBe(0);
    expect((JSON.parse(locked.stdout) as Plan).plan).toEqual(plan);
    const conflict = await stranger.run(["plugins", "resolve", "com.example.app", "com.example.lib@2.0.0"]);
    expect(conflict.code, conflict.stderr).toBe(5);
    expect(conflict.stderr).toContain("com.example.lib");
    expect((await stranger.run(["plugins", "list"])).stdout).toMatch(/com\.example\.lib +2\.0\.0/);
  });
});

test("backups: a push and a pull, each cut off half-way, give the same bytes back", async () => {
  await withStack({ MAX_FORM_BYTES: "1000000" }, async ({ url }) => {
    const home = await user(url, { SLIPWAY_USER_KEY: "somebodys_key" });
    const bytes = randomBytes(70 * MIB);
    await writeFile(home.path("state.zip"), bytes);
    const args = ["backup", "push", "state.zip", "--type", "program", "--jobs", "1"];
    const killed = home.start(args);
    await firstPartRecorded(home);
    killed.child.kill("SIGKILL");
    await killed.done;
    const pushed = await home.run([...args, "--json"]);
    expect(pushed.code, pushed.stderr).toBe(0);
    const { id, ...kept } = JSON.parse(pushed.stdout) as Record<string, unknown>;
    expect(kept).toMatchObject({ resumed: true, file_name: "state.zip", file_hash: sha256(bytes) });
    expect((await home.run(["backup", "list"])).stdout).toMatch(/\n\d+ +program +70\.0 MiB .* state\.zip\n/);

    await rename(home.path("state.zip"), home.path("state.zip.part"));
    await truncate(home.path("state.zip.part"), 33 * MIB);
    const pulled = await home.run(["backup", "pull", String(id), "--json"]);
    expect(pulled.code, pulled.stderr).toBe(0);
    expect(JSON.parse(pulled.stdout)).toMatchObject({ resumed: true, verified: true, size: bytes.length });
    expect((await readFile(home.path("state.zip"))).equals(bytes)).toBe(true);

    const stranger = await user(url, { SLIPWAY_USER_KEY: "another_key" });
    expect((await stranger.run(["backup", "pull", String(id)])).code).toBe(4);
    expect((await stranger.run(["backup", "list"])).stdout).toBe("No backups.\n");
  });
});

/** Waits until the state file of the one upload under way names a finished part. */
async function firstPartRecorded(home: Home): Promise<void> {
  const folder = home.path("state", "slipway", "uploads");
  await mkdir(folder, { recursive: true });
  for await (const _change of watch(folder)) {
    const name = (await readdir(folder)).find((file) => file.endsWith(".json"));
    if (name === undefined) continue;
    const { etags } = JSON.parse(await readFile(home.path("state", "slipway", "uploads", name), "utf8")) as {
      etags: object;
    };
    if (Object.keys(etags).length > 0) return;
  }
}

import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, readdir, stat, truncate, watch, writeFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { createHome } from "../cli/run-cli.ts";
import type { Home } from "../cli/run-cli.ts";
import { withStack } from "../support/stack.ts";

const MIB = 1024 * 1024;
const FULL = "omega-v2.0.0-full-windows-x64.zip";
const PATCH = "omega-v1.9.0-to-v2.0.0-patch-windows-x64.zip";
const homes: Home[] = [];

afterEach(async () => {
  for (const home of homes.splice(0)) await home.remove();
});

async function user(url: string, apiKey?: string): Promise<Home> {
  const home = await createHome({ url, apiKey });
  homes.push(home);
  return home;
}

/** The files are named for Windows, whatever machine this is. */
const windows = ["--platform", "windows", "--arch", "x64"];

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

test("from publisher to client: killed and resumed on both sides, the bytes are the same", async () => {
  await withStack({}, async ({ url, apiKey }) => {
    const publisher = await user(url, apiKey);
    const bytes = randomBytes(200 * MIB);
    const patch = randomBytes(MIB);
    await writeFile(publisher.path(FULL), bytes);
    await writeFile(publisher.path(PATCH), patch);

    const killed = publisher.start(["publish", FULL, "--jobs", "1"]);
    await firstPartRecorded(publisher);
    killed.child.kill("SIGKILL");
    await killed.done;
    const published = await publisher.run(["publish", FULL, "--json"]);
    expect(published.code, published.stderr).toBe(0);
    expect(JSON.parse(published.stdout)).toMatchObject({
      state: "ready",
      resumed: true,
      version: "2.0.0",
      package_type: "full",
      file_size: bytes.length,
      sha256: sha256(bytes),
      download_url: `/downloads/full/2.0.0/${FULL}`,
    });
    const again = await publisher.run(["publish", FULL, "--json"]);
    expect(again.code, again.stderr).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ state: "ready", sha256: sha256(bytes) });
    const small = await publisher.run(["publish", PATCH, "--description", "faster"]);
    expect(small.code, small.stderr).toBe(0);

    const client = await user(url);
    const check = await client.run(["check", ...windows, "--current", "1.9.0", "--exit-code", "--json"]);
    expect(check.code, check.stderr).toBe(10);
    expect(JSON.parse(check.stdout)).toMatchObject({ has_update: true, latest_version: "2.0.0" });
    const update = await client.run(["download", ...windows, "--current", "1.9.0"]);
    expect(update.code, update.stderr).toBe(0);
    expect(sha256(await readFile(client.path(PATCH)))).toBe(sha256(patch));

    await writeFile(client.path(`${FULL}.part`), bytes);
    await truncate(client.path(`${FULL}.part`), 77 * MIB);
    const resumed = await client.run(["download", ...windows, "--version", "2.0.0", "--json"]);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(JSON.parse(resumed.stdout)).toMatchObject({
      resumed: true,
      verified: true,
      sha256: sha256(bytes),
    });
    expect((await stat(client.path(FULL))).size).toBe(bytes.length);
  });
});

test("a large file that changed after the kill: the old upload ends, the new bytes are published", async () => {
  await withStack({}, async ({ url, apiKey }) => {
    const publisher = await user(url, apiKey);
    await writeFile(publisher.path(FULL), randomBytes(100 * MIB));
    const killed = publisher.start(["publish", FULL, "--jobs", "1"]);
    await firstPartRecorded(publisher);
    killed.child.kill("SIGKILL");
    await killed.done;

    const changed = randomBytes(100 * MIB);
    await writeFile(publisher.path(FULL), changed);
    const published = await publisher.run(["publish", FULL, "--json"]);
    expect(published.code, published.stderr).toBe(0);
    expect(JSON.parse(published.stdout)).toMatchObject({ resumed: false, sha256: sha256(changed) });
    const stats = await publisher.run(["storage", "--json"]);
    expect(JSON.parse(stats.stdout)).toMatchObject({ stats: { temp_size: 0 } });

    await writeFile(publisher.path(FULL), randomBytes(100 * MIB));
    const other = await publisher.run(["publish", FULL]);
    expect(other.code).toBe(5);
    expect(other.stderr).toContain("exists already, with other content");
  });
});

test("the other commands, and what the server refuses, against a real stack", async () => {
  await withStack({}, async ({ url, apiKey }) => {
    const home = await user(url);
    const login = await home.run(["login", "--url", url], apiKey);
    expect(login.code, login.stderr).toBe(0);
    expect((await home.run(["login", "--url", url], "sk_wrong_wrong_wrong")).code).toBe(3);

    await writeFile(home.path("a.zip"), randomBytes(5000));
    const args = ["publish", "a.zip", "--version", "1.0.0", "--type", "full"];
    const published = await home.run([...args, "--json"]);
    expect(published.code, published.stderr).toBe(0);
    const { package_id: id } = JSON.parse(published.stdout) as { package_id: number };
    expect((await home.run(args)).code).toBe(0);
    await writeFile(home.path("a.zip"), randomBytes(6000));
    expect((await home.run(args)).code).toBe(5);
    expect((await home.run(["publish", "a.zip", "--version", "one", "--type", "full"])).code).toBe(8);

    expect((await home.run(["packages", "list"])).stdout).toContain("1.0.0");
    expect((await home.run(["storage"])).stdout).toContain("full 4.9 KiB");
    expect((await home.run(["storage", "--cleanup", "--json"])).code).toBe(0);
    expect((await home.run(["packages", "yank", String(id)])).code).toBe(0);
    expect((await home.run(["check", "--current", "0.9.0"])).code).toBe(4);
    expect((await home.run(["packages", "unyank", String(id)])).code).toBe(0);
    expect((await home.run(["check", "--current", "0.9.0"])).stdout).toContain("Update: 0.9.0 to 1.0.0");
    expect((await home.run(["packages", "delete", String(id)])).code).toBe(0);
    expect((await home.run(["packages", "delete", String(id)])).code).toBe(4);

    const doctor = await home.run(["doctor"]);
    expect(doctor.code, doctor.stdout).toBe(0);
    for (const name of ["settings", "server", "database", "bucket", "clock", "API key"]) {
      expect(doctor.stdout).toContain(`ok    ${name}: `);
    }
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

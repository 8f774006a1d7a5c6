import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createHome, type Home } from "../cli/run-cli.ts";
import { cargoUpdater, checkCargoUpdate } from "../support/cargo-updater.ts";
import { appContent, recordedBuild } from "../support/electron/recorded.ts";
import { runUpdater, type App } from "../support/electron/run-updater.ts";
import { isSignedBy } from "../support/minisign.ts";
import { ownStack } from "../support/own-stack.ts";
import { newBytes, sha256Of } from "../support/publish.ts";

const stack = ownStack({});
let home: Home;

beforeEach(async () => {
  const { url, apiKey } = stack();
  home = await createHome({ url, apiKey });
});
afterEach(() => home.remove());

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(home.path(path)), { recursive: true });
  await writeFile(home.path(path), bytes);
}

/** The one command. */
async function publish(folder: string, software: string): Promise<void> {
  const { code, stderr } = await home.run(["publish", folder, "--software", software, "--yes"]);
  expect(code, stderr).toBe(0);
}

test("electron-builder's folder is published, found, and fetched in part by electron-updater", async () => {
  const builds = { old: await recordedBuild("1.0.0"), new: await recordedBuild("1.1.0") };
  for (const [folder, files] of Object.entries(builds)) {
    for (const [name, bytes] of Object.entries(files)) await write(`${folder}/${name}`, bytes);
    await publish(folder, "built");
  }
  const url = `${stack().url}/feeds/built/electron`;
  const image = "Omega-1.0.0.AppImage";
  const apps: [App["platform"], Uint8Array, Uint8Array][] = [
    ["win32", appContent("1.0.0"), appContent("1.1.0")],
    ["linux", builds.old[image] ?? newBytes(), builds.new["Omega-1.1.0.AppImage"] ?? newBytes()],
  ];
  for (const [platform, installedFrom, expected] of apps) {
    const outcome = await runUpdater({ url, version: "1.0.0", platform, installedFrom });
    expect(outcome).toMatchObject({ error: null, offered: "1.1.0", isNewer: true });
    expect(outcome.file?.sha256, outcome.log.join("\n")).toBe(sha256Of(expected));
    const received = outcome.exchanges.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(received, platform).toBeLessThan(expected.length / 4);
    expect(outcome.exchanges.some(({ status, range }) => status === 206 && range.includes(","))).toBe(true);
  }
});

const require = createRequire(import.meta.url);

/** Runs Tauri's command line in the home folder. */
function tauri(...args: string[]): void {
  const program = require.resolve("@tauri-apps/cli/tauri.js");
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: home.path(),
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
}

test.skipIf(cargoUpdater === undefined)(
  "bundles that Tauri's signer has signed are published, found and verified by cargo-packager's updater",
  async () => {
    tauri("signer", "generate", "--ci", "--write-keys", "omega.key");
    const pubkey = (await readFile(home.path("omega.key.pub"), "utf8")).trim();
    const bundles = {
      "appimage/Omega_1.1.0_amd64.AppImage": newBytes(9000),
      "nsis/Omega_1.1.0_x64-setup.exe": newBytes(9000),
    };
    for (const [name, bytes] of Object.entries(bundles)) {
      const path = `target/release/bundle/${name}`;
      await write(path, bytes);
      const key = ["--private-key-path", "omega.key", "--password", ""];
      tauri("signer", "sign", ...key, "--app-version", "1.1.0", path);
    }
    await publish("target/release/bundle", "signed");

    const feed = `${stack().url}/feeds/signed/tauri`;
    const [image, setup] = Object.values(bundles);
    const update = await checkCargoUpdate(feed, "1.0.0", pubkey);
    expect(update?.version).toBe("1.1.0");
    expect(new Uint8Array((await update?.download()) ?? new ArrayBuffer())).toEqual(image);
    expect(await checkCargoUpdate(feed, "1.1.0", pubkey)).toBeNull();

    const { body } = await stack().request<{ signature: string }>("/feeds/signed/tauri/windows/x86_64/1.0.0");
    expect(isSignedBy(pubkey, body.signature, setup ?? newBytes())).toBe(true);
    expect(isSignedBy(pubkey, body.signature, image ?? newBytes())).toBe(false);
    const comment = Buffer.from(body.signature, "base64").toString().split("\n")[2];
    expect(comment).toContain("1.1.0");
  },
);

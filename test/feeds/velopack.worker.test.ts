import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setVelopackLogger } from "velopack";
import { newKey, setVisibility } from "../support/private-software.ts";
import { newBytes, newSoftware, sha256Of } from "../support/publish.ts";
import { sharedStack } from "../support/stack.ts";
import { putInto, startRollout } from "../support/rollouts.ts";
import { installVelopack, nupkg, type VelopackApp } from "../support/velopack.ts";
import { fetchFile, publishFile } from "./publish-file.ts";

const stack = sharedStack();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-velopack-"));
  setVelopackLogger(() => undefined);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The updater of an installed app of a version. */
const installed = (
  software: string,
  version: string,
  options: Pick<VelopackApp, "channel" | "AllowVersionDowngrade"> = {},
) => installVelopack(folder, { url: `${stack.url}/feeds/${software}/velopack`, version, ...options });

const linux = { package_type: "full", platform: "linux", arch: "x64" } as const;

/** Publishes a full package, and a delta of some bytes from each of these versions. */
async function publishWith(software: string, version: string, from: string[] = [], more = {}) {
  const bytes = nupkg(version);
  await publishFile(stack, "app.nupkg", { ...linux, software, version, ...more }, bytes);
  for (const from_version of from) {
    const delta = { ...linux, package_type: "patch", software, version, from_version, ...more } as const;
    await publishFile(stack, "app.nupkg", delta, newBytes(20));
  }
  return bytes;
}

/** The feed as a client of a version asks for it: kind and version of each asset. */
async function assets(software: string, localVersion: string) {
  const path = `/feeds/${software}/velopack/releases.linux.json?localVersion=${localVersion}&id=TestApp`;
  const { body } = await stack.request<{ Assets: { Type: string; Version: string; FileName: string }[] }>(
    path,
  );
  return body.Assets;
}
const kinds = (list: { Type: string; Version: string }[]) =>
  list.map(({ Type, Version }) => `${Type} ${Version}`);

describe("Velopack's own updater", () => {
  test("finds the newest full package, keeps it under a name of its own form, and would apply it", async () => {
    const software = newSoftware();
    await publishWith(software, "1.1.0");
    const bytes = await publishWith(software, "1.2.0");

    const { manager, packages } = await installed(software, "1.0.0");
    const update = await manager.checkForUpdatesAsync();
    expect(update?.TargetFullRelease).toMatchObject({
      PackageId: "TestApp",
      Version: "1.2.0",
      Type: "Full",
      Size: bytes.length,
      SHA256: sha256Of(bytes).toUpperCase(),
    });
    if (!update) throw new Error("no update");
    await manager.downloadUpdateAsync(update);
    const kept = (await readdir(packages)).find((name) => name.endsWith("1.2.0-full.nupkg")) ?? "none";
    expect(new Uint8Array(await readFile(join(packages, kept)))).toEqual(bytes);
    expect(manager.getUpdatePendingRestart()).toContain('"Version":"1.2.0"');
  });

  test("has nothing to do where nothing is newer, or its channel has nothing", async () => {
    const software = newSoftware();
    await publishWith(software, "1.2.0");
    expect(await (await installed(software, "1.2.0")).manager.checkForUpdatesAsync()).toBeNull();
    const elsewhere = await installed(software, "1.0.0", { channel: "osx" });
    expect(await elsewhere.manager.checkForUpdatesAsync()).toBeNull();
  });

  test("goes back from a version that was rolled back where it may, and stays at one that is paused", async () => {
    const software = newSoftware();
    await publishWith(software, "1.1.0");
    await publishWith(software, "1.2.0");
    const rollout = await startRollout(stack, software, "1.2.0", 100);
    const found = async (AllowVersionDowngrade: boolean) =>
      (await (await installed(software, "1.2.0", { AllowVersionDowngrade })).manager.checkForUpdatesAsync())
        ?.TargetFullRelease.Version;
    await putInto(stack, rollout, "paused");
    expect([await found(true), await found(false)]).toEqual([undefined, undefined]);
    await putInto(stack, rollout, "rolled_back");
    expect([await found(true), await found(false)]).toEqual(["1.1.0", undefined]);
  });

  test("gets a beta on the channel of betas alone", async () => {
    const software = newSoftware();
    await publishWith(software, "1.2.0");
    await publishWith(software, "2.0.0-beta.1", [], { channel: "beta" });
    const found = async (channel: string) =>
      (await (await installed(software, "1.0.0", { channel })).manager.checkForUpdatesAsync())
        ?.TargetFullRelease.Version;
    expect([await found("linux"), await found("linux-beta")]).toEqual(["1.2.0", "2.0.0-beta.1"]);
  });

  test("is told of deltas where they lead from its version without a gap", async () => {
    const software = newSoftware();
    await publishWith(software, "1.0.0");
    await publishWith(software, "1.1.0", ["1.0.0"]);
    await publishWith(software, "1.2.0", ["1.1.0"]);
    const listed = await assets(software, "1.0.0");
    expect(kinds(listed)).toEqual(["Full 1.2.0", "Delta 1.1.0", "Delta 1.2.0"]);
    for (const { FileName } of listed) {
      const { status } = await fetchFile(stack, `/feeds/${software}/velopack/${FileName}`);
      expect(status, FileName).toBe(200);
    }
    const { manager } = await installed(software, "1.0.0");
    expect((await manager.checkForUpdatesAsync())?.TargetFullRelease.Version).toBe("1.2.0");

    await publishWith(software, "1.3.0");
    await publishWith(software, "1.4.0", ["1.3.0"]);
    expect(kinds(await assets(software, "1.0.0"))).toEqual(["Full 1.4.0"]);
    expect(kinds(await assets(software, "1.3.0"))).toEqual(["Full 1.4.0", "Delta 1.4.0"]);
  });

  test("gets no private software without its key", async () => {
    const software = newSoftware();
    await setVisibility(stack, software, "private");
    const bytes = await publishWith(software, "1.2.0");
    await expect((await installed(software, "1.0.0")).manager.checkForUpdatesAsync()).rejects.toThrow(/401/);

    const { key } = await newKey(stack, ["packages:read"], { software: [software] });
    const folderOf = `/feeds/${software}/velopack`;
    const { body } = await stack.request<{ Assets: { FileName: string }[] }>(
      `${folderOf}/releases.linux.json?key=${key}`,
    );
    const file = `${folderOf}/${body.Assets[0]?.FileName}`;
    expect((await stack.request(file)).status).toBe(401);
    expect((await fetchFile(stack, `${file}?key=${key}`)).bytes).toEqual(bytes);
  });
});

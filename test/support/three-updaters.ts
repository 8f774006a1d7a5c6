import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { runUpdater } from "./electron/run-updater.ts";
import { sha256Of } from "./publish.ts";
import type { TestStack } from "./stack.ts";
import { asDevice, installVelopack } from "./velopack.ts";

/** Where three updaters look for a title's versions, each in its own way; `folder` is for what they install. */
export type Feeds = { stack: TestStack; software: string; folder: string };

/** What an updater would install: the version, and the SHA-256 of what it has fetched; null where it stays as it is. */
type Found = { version: string; sha256: string } | null;

async function electron(
  { stack, software }: Feeds,
  device: string,
  version: string,
  mayGoBack = true,
): Promise<Found> {
  const { error, isNewer, offered, file } = await runUpdater({
    url: `${stack.url}/feeds/${software}/electron`,
    version,
    platform: "win32",
    stagingId: device,
    headers: { "X-Current-Version": version },
    // A channel that is set allows downgrades.
    ...(mayGoBack && { channel: "latest" }),
  });
  expect(error).toBeNull();
  return isNewer ? { version: offered ?? "", sha256: file?.sha256 ?? "nothing was fetched" } : null;
}

const velopack = ({ stack, software, folder }: Feeds, device: string, version: string, mayGoBack = true) =>
  asDevice(stack.url, device, (server) =>
    askVelopack({ url: `${server}/feeds/${software}/velopack`, version, mayGoBack }, folder),
  );

async function askVelopack(
  { url, version, mayGoBack }: { url: string; version: string; mayGoBack: boolean },
  folder: string,
): Promise<Found> {
  const app = { url, version, AllowVersionDowngrade: mayGoBack };
  const { manager, packages } = await installVelopack(folder, app);
  const update = await manager.checkForUpdatesAsync();
  if (!update) return null;
  await manager.downloadUpdateAsync(update);
  const name = (await readdir(packages)).find((one) => one.endsWith("-full.nupkg")) ?? "none";
  const sha256 = sha256Of(new Uint8Array(await readFile(join(packages, name))));
  return { version: update.TargetFullRelease.Version, sha256 };
}

/** Velopack's updater of npm, which names no device. */
export const velopackOfNpm = ({ stack, software, folder }: Feeds, version: string) =>
  askVelopack({ url: `${stack.url}/feeds/${software}/velopack`, version, mayGoBack: true }, folder);

type Option = { type: string; download_url: string };
type Checked = {
  update_info?: { version: string; update_options: Option[] };
  rollback?: { version: string; update_options: Option[] };
};

async function check(
  { stack, software }: Feeds,
  device: string,
  version: string,
  mayGoBack = true,
): Promise<Found> {
  const query = { software, platform: "windows", arch: "x64" };
  const asked = new URLSearchParams({ ...query, current_version: version, device_id: device });
  const { body } = await stack.request<Checked>(`/api/v1/version/check?${asked}`);
  const { update_info, rollback } = body;
  const target = update_info ?? (mayGoBack ? rollback : undefined);
  if (!target) return null;
  const full = target.update_options.find(({ type }) => type === "full");
  const file = await fetch(new URL(full?.download_url ?? "", stack.url));
  return { version: target.version, sha256: sha256Of(new Uint8Array(await file.arrayBuffer())) };
}

/** What the three updaters of a device find that runs a version. */
export async function found(feeds: Feeds, device: string, version: string, mayGoBack = true) {
  const updaters = [electron, velopack, check].map((find) => find(feeds, device, version, mayGoBack));
  const [one = null, two = null, three = null] = await Promise.all(updaters);
  return { electron: one, velopack: two, check: three };
}

/** Where each of them stays as it is. */
export const nothing = { electron: null, velopack: null, check: null };

/** What they find where a version is out for them: its files. */
export const all = (version: string, sums: Record<keyof typeof nothing, string>) => ({
  electron: { version, sha256: sums.electron },
  velopack: { version, sha256: sums.velopack },
  check: { version, sha256: sums.check },
});

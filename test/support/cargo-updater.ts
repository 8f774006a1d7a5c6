import { createRequire } from "node:module";

type Update = { version: string; downloadUrl: string; body?: string; download: () => Promise<ArrayBuffer> };
type Updater = {
  checkUpdate: (
    version: string,
    options: { endpoints: string[]; pubkey: string; executablePath?: string },
  ) => Promise<Update | null>;
};

/** cargo-packager's updater, which is compiled for Linux on x64; elsewhere undefined. */
export const cargoUpdater =
  process.platform === "linux" && process.arch === "x64" ? loadUpdater() : undefined;

function loadUpdater(): Updater {
  return createRequire(import.meta.url)("@crabnebula/updater-linux-x64-gnu") as Updater;
}

/** What it finds for an app of a version. @param feed address of the feed @param pubkey as Tauri's configuration has it */
export async function checkCargoUpdate(feed: string, version: string, pubkey: string, query = "") {
  const update = await cargoUpdater?.checkUpdate(version, {
    endpoints: [`${feed}/{{target}}/{{arch}}/{{current_version}}${query}`],
    pubkey,
    executablePath: "/tmp/an-app/app",
  });
  return update ?? null;
}

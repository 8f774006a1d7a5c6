import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const PROCESS = fileURLToPath(new URL("updater-process.ts", import.meta.url));
/** The name of the folder in which an app's updater keeps its files. */
const CACHE = "omega-updater";

/** An installed app. */
export type App = {
  /** The feed's address, `publish.url` of electron-builder. */
  url: string;
  version: string;
  platform: "win32" | "darwin" | "linux";
  /** As Node names it; by default x64. */
  arch?: string;
  channel?: string;
  /** The file that it was installed from; with it a differential download is tried. */
  installedFrom?: Uint8Array;
  /** Further lines of its app-update.yml, as electron-builder writes them. */
  config?: Record<string, unknown>;
  /** Sent with each of its requests. */
  headers?: Record<string, string>;
  /** Of a Linux app that is no AppImage: "deb", "rpm". */
  packageType?: string;
  /** A UUID, by which the app is known in rollouts; without it, its updater chooses one. */
  stagingId?: string;
};

/** What its process is told. */
export type Run = Pick<App, "version" | "platform" | "channel" | "headers"> & {
  arch: string;
  folder: string;
};

/** A request of it, one for each redirect, and the bytes that came in answer: headers too. */
export type Exchange = { url: string; range: string; status: number; bytes: number };

export type Outcome = {
  /** The version that the feed offers. */
  offered: string | null;
  isNewer: boolean;
  /** What it has downloaded and verified; on macOS, what Squirrel.Mac took over. */
  file: { path: string; sha256: string } | null;
  error: { code: string; message: string } | null;
  exchanges: Exchange[];
  log: string[];
};

/** Starts an app with electron-updater, which looks for an update, and downloads it where there is one. */
export async function runUpdater(app: App): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-electron-"));
  try {
    const env = {
      ...process.env,
      HOME: folder,
      LOCALAPPDATA: join(folder, "local"),
      XDG_CACHE_HOME: join(folder, "cache"),
    };
    const appImage = await install(app, folder);
    const run: Run = { version: app.version, platform: app.platform, arch: app.arch ?? "x64", folder };
    if (app.channel !== undefined) run.channel = app.channel;
    if (app.headers !== undefined) run.headers = app.headers;
    const child = spawn(process.execPath, [PROCESS, JSON.stringify(run)], {
      env: { ...env, APPIMAGE: appImage },
      // The updater of macOS asks for sysctl, whose complaints elsewhere are of no interest.
      stdio: ["ignore", "pipe", app.platform === "darwin" ? "ignore" : "inherit"],
    });
    return (await json(child.stdout)) as Outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Puts the app's files where its updater looks for them. @returns the path of its AppImage, if it were one */
async function install(app: App, folder: string): Promise<string> {
  const { url, config, installedFrom = new Uint8Array(), packageType, platform, stagingId } = app;
  const resources = join(folder, "resources");
  await mkdir(resources);
  // YAML is JSON too.
  const settings = { provider: "generic", url, updaterCacheDirName: CACHE, ...config };
  await writeFile(join(resources, "app-update.yml"), JSON.stringify(settings));
  if (packageType !== undefined) await writeFile(join(resources, "package-type"), packageType);
  if (stagingId !== undefined) {
    await mkdir(join(folder, "user"));
    await writeFile(join(folder, "user", ".updaterId"), stagingId);
  }
  const [cache, name] = {
    win32: [join(folder, "local", CACHE), "installer.exe"],
    darwin: [join(folder, "Library", "Caches", CACHE), "update.zip"],
    linux: [join(folder, "cache", CACHE), "omega.AppImage"],
  }[platform] as [string, string];
  await mkdir(cache, { recursive: true });
  const installed = join(cache, name);
  if (platform === "linux" || app.installedFrom) await writeFile(installed, installedFrom);
  return installed;
}

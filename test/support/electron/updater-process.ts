import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";
import { join } from "node:path";
import type * as Updater from "electron-updater";
import type * as Electron from "./electron.ts";
import type { Outcome, Run } from "./run-updater.ts";

/** An installed app that looks for an update once: electron-updater as it is, on Electron's stub. See run-updater.ts. */

const run = JSON.parse(process.argv[2] ?? "{}") as Run;

registerHooks({
  resolve: (name, context, next) =>
    name === "electron"
      ? { url: new URL("electron.ts", import.meta.url).href, shortCircuit: true }
      : next(name, context),
});
for (const [name, value] of Object.entries({
  platform: run.platform,
  arch: run.arch,
  resourcesPath: join(run.folder, "resources"),
}))
  Object.defineProperty(process, name, { value });

const load = createRequire(import.meta.url);
const { exchanges, autoUpdater: squirrel } = load("electron") as typeof Electron;
const { autoUpdater } = load("electron-updater") as typeof Updater;

const log: string[] = [];
const write = (message?: unknown) => void log.push(String(message));
autoUpdater.logger = { info: write, warn: write, error: write };
autoUpdater.disableWebInstaller = true;
if (run.channel !== undefined) autoUpdater.channel = run.channel;
if (run.headers !== undefined) autoUpdater.requestHeaders = run.headers;

const outcome: Outcome = { offered: null, isNewer: false, file: null, error: null, exchanges, log };
try {
  const found = await autoUpdater.checkForUpdates();
  outcome.offered = found?.updateInfo.version ?? null;
  outcome.isNewer = found?.isUpdateAvailable ?? false;
  const [path] = (await found?.downloadPromise) ?? [];
  if (path !== undefined) {
    const bytes = run.platform === "darwin" ? squirrel.installed : existsSync(path) && readFileSync(path);
    if (bytes) outcome.file = { path, sha256: createHash("sha256").update(bytes).digest("hex") };
  }
} catch (error) {
  const { code, message } = error as Error & { code?: string };
  outcome.error = { code: code ?? "", message };
}
process.stdout.write(JSON.stringify(outcome), () => process.exit());

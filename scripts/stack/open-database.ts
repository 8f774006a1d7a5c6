import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { openDataDir } from "./data-dir.ts";
import { StackError } from "./errors.ts";
import { startGuard } from "./guard.ts";
import { openSecrets } from "./secrets.ts";
import { embeds, stackSettings, type RawSettings } from "./settings.ts";
import { findSqld, startSqld } from "./sqld.ts";

export type OpenDatabase = { url: string; authToken: string | undefined; close: () => Promise<void> };

/**
 * The database that `npm start` has by these settings, for a command beside it: the outside one, the one of the running stack,
 * or, where none runs, that of the folder, started for as long as the command takes.
 * @throws StackError where there is no data yet, or another stack is just about to start or stop.
 */
export async function openDatabase(raw: RawSettings): Promise<OpenDatabase> {
  const close = async () => {};
  if (!embeds(raw).database) {
    return {
      url: raw.LIBSQL_URL?.trim() ?? "",
      authToken: raw.LIBSQL_AUTH_TOKEN?.trim() || undefined,
      close,
    };
  }
  const root = resolve(raw.DATA_DIR?.trim() || stackSettings.DATA_DIR.fallback);
  if (!existsSync(join(root, "secrets.json"))) {
    throw new StackError(`DATA_DIR: there is no data in ${root}; name the folder that \`npm start\` uses`);
  }
  const { secrets } = openSecrets(root);
  const running = await findSqld(root, secrets);
  if (running) return { ...running, close };

  const dir = await openDataDir(root);
  const guard = startGuard([dir.sqldPid]);
  const release = () => {
    guard.release();
    dir.release();
  };
  try {
    const watch = { notice: (line: string) => void process.stderr.write(`${line}\n`), gaveUp: () => {} };
    const { url, authToken, stop } = await startSqld(dir, secrets, watch);
    return { url, authToken, close: () => stop().finally(release) };
  } catch (error) {
    release();
    throw error;
  }
}

import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { StackError, reason } from "./errors.ts";
import { tryLock } from "../process/lock.ts";
import { commandOf, readPid, signal, waitUntilGone } from "../process/processes.ts";

/** What a stack that was killed may take to end its servers; its guard needs less. */
const LEFTOVER_MS = 15_000;
/** With less, not even the database can start. */
const LEAST_FREE_BYTES = 16 * 1024 ** 2;
/** Systems take no longer path of a unix socket; with room for the longest name here. */
const MAX_SOCKET_FOLDER = 80;

export type DataDir = {
  root: string;
  database: string;
  bucket: string;
  /** What only a running stack has: process ids, generated configuration, the Worker's log on its way. */
  run: string;
  /** Files that name the processes of a running stack. */
  sqldPid: string;
  workerdPid: string;
  /** Where the running database is; its port is another at each start. */
  sqldUrl: string;
  bucketPid: string;
  /** Unix sockets that this user alone can open. */
  controlSocket: string;
  bucketSocket: string;
  release: () => void;
};

/**
 * Makes the folder of a stack's data, readable by the owner only, and takes it for this process.
 * Servers that a killed stack left in it are ended first.
 * @throws StackError when it cannot be written or another stack uses it.
 */
export async function openDataDir(path: string): Promise<DataDir> {
  const root = resolve(path);
  const release = take(root);
  const run = join(root, "run");
  const pidFile = (name: string) => join(run, `${name}.pid`);
  for (const name of ["workerd", "bucket", "sqld"]) await endLeftover(pidFile(name), name);
  rmSync(run, { recursive: true, force: true });
  const folders = { database: join(root, "database"), bucket: join(root, "bucket") };
  for (const folder of [folders.database, folders.bucket, run]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const sockets = run.length <= MAX_SOCKET_FOLDER ? run : mkdtempSync(join(tmpdir(), "slipway-"));
  return {
    root,
    ...folders,
    run,
    sqldPid: pidFile("sqld"),
    workerdPid: pidFile("workerd"),
    sqldUrl: sqldUrlFile(root),
    bucketPid: pidFile("bucket"),
    controlSocket: join(sockets, "control.sock"),
    bucketSocket: join(sockets, "bucket.sock"),
    release: () => {
      for (const folder of [run, sockets]) rmSync(folder, { recursive: true, force: true });
      release();
    },
  };
}

/** The file of a data folder that names the address of its running database. */
export const sqldUrlFile = (root: string) => join(root, "run", "sqld.url");

function take(root: string): () => void {
  let lock: ReturnType<typeof tryLock>;
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    chmodSync(root, 0o700);
    const { bavail, bsize } = statfsSync(root);
    if (bavail * bsize < LEAST_FREE_BYTES) {
      throw new StackError(`DATA_DIR: the disk of ${root} is full; make room, or set another folder`);
    }
    writeFileSync(join(root, ".gitignore"), "*\n");
    lock = tryLock(join(root, "lock"));
  } catch (error) {
    if (error instanceof StackError) throw error;
    throw new StackError(
      `DATA_DIR: cannot write to ${root} (${reason(error)}); set a folder that this user may write to`,
    );
  }
  if ("heldBy" in lock) {
    throw new StackError(
      `DATA_DIR: ${root} is in use by another Slipway (process ${lock.heldBy}); stop that one, or set another folder`,
    );
  }
  return lock.release;
}

async function endLeftover(pidFile: string, name: string): Promise<void> {
  const pid = readPid(pidFile);
  if (pid === null || !commandOf(pid)?.includes(name)) return;
  // Its guard is about to do so, unless it was killed too.
  signal(pid, "SIGTERM");
  if (await waitUntilGone(pid, LEFTOVER_MS)) return;
  signal(pid, "SIGKILL");
  await waitUntilGone(pid, LEFTOVER_MS);
}

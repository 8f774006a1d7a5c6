import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { StackError, reason } from "./errors.ts";
import { tryLock } from "./lock.ts";
import { commandOf, readPid, signal, waitUntilGone } from "./processes.ts";

/** What a stack that was killed may take to end its servers; its guard needs less. */
const LEFTOVER_MS = 8000;

export type DataDir = {
  root: string;
  database: string;
  bucket: string;
  temporary: string;
  /** Files that name the processes of a running stack. */
  sqldPid: string;
  workerdPid: string;
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
  const dir: DataDir = {
    root,
    database: join(root, "database"),
    bucket: join(root, "bucket"),
    temporary: join(root, "tmp"),
    sqldPid: join(root, "run", "sqld.pid"),
    workerdPid: join(root, "run", "workerd.pid"),
    release: () => {
      rmSync(join(root, "tmp"), { recursive: true, force: true });
      release();
    },
  };
  await endLeftover(dir.workerdPid, "workerd");
  await endLeftover(dir.sqldPid, "sqld");
  rmSync(dir.temporary, { recursive: true, force: true });
  for (const folder of [dir.database, dir.bucket, dir.temporary, join(root, "run")]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  return dir;
}

function take(root: string): () => void {
  let lock: ReturnType<typeof tryLock>;
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    chmodSync(root, 0o700);
    writeFileSync(join(root, ".gitignore"), "*\n");
    lock = tryLock(join(root, "lock"));
  } catch (error) {
    throw new StackError(`DATA_DIR: cannot write to ${root} (${reason(error)})`);
  }
  if ("heldBy" in lock) {
    throw new StackError(`DATA_DIR: ${root} is in use by another Slipway (process ${lock.heldBy})`);
  }
  return lock.release;
}

async function endLeftover(pidFile: string, name: string): Promise<void> {
  const pid = readPid(pidFile);
  rmSync(pidFile, { force: true });
  if (pid === null || !commandOf(pid)?.includes(name)) return;
  if (await waitUntilGone(pid, LEFTOVER_MS)) return;
  signal(pid, "SIGKILL");
  await waitUntilGone(pid, LEFTOVER_MS);
}

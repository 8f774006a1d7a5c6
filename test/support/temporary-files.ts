import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "../../scripts/process/processes.ts";

/** A file system in memory, on Linux. */
const MEMORY = "/dev/shm";
/** Of its magic number: what is mounted there may be a disk after all. */
const TMPFS = 0x0102_1994;
const GIB = 1024 ** 3;
/** Several times what the files of a run take at once. */
const LEAST_FREE_BYTES = 3 * GIB;
/** With less, files would take the memory that the servers of the tests need. */
const LEAST_MEMORY_BYTES = 6 * GIB;
const PREFIX = "slipway-tests-";

/**
 * Sets the folder in which this process and its children have their temporary files, until this process ends: in memory
 * where there is room for it. Tests make, sync and delete more files than a disk does quickly. Whoever sets TMPDIR decides.
 * What Node has compiled is kept there too, for the processes that load the same modules.
 */
export function placeTemporaryFiles(): void {
  if (!process.env.TMPDIR && isRoomInMemory()) {
    removeLeftovers();
    const folder = join(MEMORY, `${PREFIX}${process.pid}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (canRunPrograms(folder)) process.env.TMPDIR = folder;
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  }
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), "node-compile-cache");
}

function isRoomInMemory(): boolean {
  if (process.platform !== "linux" || !existsSync(MEMORY)) return false;
  const { type, bavail, bsize } = statfsSync(MEMORY);
  const room = bavail * bsize >= LEAST_FREE_BYTES && process.availableMemory() >= LEAST_MEMORY_BYTES;
  return type === TMPFS && room;
}

/** Of runs that were killed. */
function removeLeftovers(): void {
  for (const name of readdirSync(MEMORY)) {
    if (!name.startsWith(PREFIX) || isAlive(Number(name.slice(PREFIX.length)))) continue;
    rmSync(join(MEMORY, name), { recursive: true, force: true });
  }
}

/** Where containers mount it, they often forbid that. */
function canRunPrograms(folder: string): boolean {
  const program = join(folder, "program");
  writeFileSync(program, "#!/bin/sh\n", { mode: 0o700 });
  return spawnSync(program).status === 0;
}

import { randomBytes } from "node:crypto";
import { open } from "node:fs/promises";

const MIB = 1024 * 1024;

/** Writes a file of random bytes and syncs it to the disk, so that the disk is idle when the measurement begins. */
export async function writeRandom(path: string, mebibytes: number): Promise<void> {
  const file = await open(path, "w");
  try {
    for (let written = 0; written < mebibytes; written++) await file.write(randomBytes(MIB));
    await file.sync();
  } finally {
    await file.close();
  }
}

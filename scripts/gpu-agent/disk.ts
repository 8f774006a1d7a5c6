import { accessSync, constants, statfsSync } from "node:fs";
import type { Log } from "./log.ts";

/** The tasks that already run still need some room for their events and results. */
const LEAST_FREE_BYTES = 128 * 1024 * 1024;

/** Says whether `folder` can take another task's files; logs when that changes. */
export function createDiskCheck(folder: string, log: Log): () => boolean {
  let known = "";
  return () => {
    const fault = faultOf(folder);
    if (fault !== known) {
      if (fault === "") log("info", "work_dir takes tasks again", { folder });
      else log("error", "work_dir takes no more tasks", { folder, why: fault });
    }
    known = fault;
    return fault === "";
  };
}

function faultOf(folder: string): string {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < LEAST_FREE_BYTES ? "less than 128 MiB are free" : "";
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

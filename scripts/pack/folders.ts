import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Where the tarballs are. */
export const TARBALLS = join(ROOT, "dist", "packages");

/** A file of this folder. */
export const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

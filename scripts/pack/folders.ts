import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Where the folders of packages are filled. */
export const PACKAGES = join(ROOT, "dist", "pack");
/** The folder of the finished tarballs. */
export const TARBALLS = join(ROOT, "dist", "packages");

/** The path of a file in this folder. */
export const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

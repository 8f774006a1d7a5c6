import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT, TARBALLS } from "./folders.ts";

/** Makes the tarball of a package's folder, as `npm publish` would. @returns its path */
export function makeTarball(folder: string): string {
  mkdirSync(TARBALLS, { recursive: true });
  const args = [
    "pack",
    folder,
    "--pack-destination",
    TARBALLS,
    "--json",
    "--ignore-scripts",
    "--loglevel=error",
  ];
  const { status, stdout, stderr, error } = spawnSync("npm", args, {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`npm cannot pack ${folder}.\n${stderr ?? ""}${error?.message ?? ""}`);
  return join(TARBALLS, fileName(JSON.parse(stdout)));
}

/** npm answers with a list, and from version 12 on with an object by package name. */
function fileName(answer: unknown): string {
  const [packed] = Object.values(answer as Record<string, { filename: string }>);
  return packed?.filename ?? "";
}

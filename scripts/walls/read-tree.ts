import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const FOLDERS = ["functions", "schema", "scripts", "test"];
const LEFT_OUT = new Set(["node_modules", "dist", "migrations"]);

/** All files of the tree, as paths from the root, with the text of those that have code. */
export function readTree(root: string): Map<string, string | undefined> {
  const files = new Map<string, string | undefined>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!LEFT_OUT.has(entry.name)) walk(path);
        continue;
      }
      const name = relative(root, path).split(sep).join("/");
      files.set(name, /\.(ts|js|mjs|vue)$/.test(name) ? readFileSync(path, "utf8") : undefined);
    }
  };
  for (const folder of FOLDERS) walk(join(root, folder));
  return files;
}

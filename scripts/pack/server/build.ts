import { copyFileSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type * as clone from "../../stack/build.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Copies what was built when the package was made, instead of building it. Paths are relative to the package's folder lib.
 */
export const buildStack: typeof clone.buildStack = (front, bundle) => {
  const built = JSON.parse(readFileSync(at("../built.json"), "utf8")) as clone.Built;
  copyFileSync(at("../front.js"), front);
  return Promise.resolve({ ...built, bundle: bundle ?? at("../worker"), assets: at("../assets") });
};

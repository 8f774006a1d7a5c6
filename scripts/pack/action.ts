import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./folders.ts";

const FILES = ["action.yml", "publish.mjs", "README.md"];

/**
 * Puts the GitHub Action and the command line into dist/action, as the repository of an action contains them.
 * @returns the folder
 */
export function buildAction(commandLine: string): string {
  const folder = join(ROOT, "dist", "action");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of FILES) cpSync(join(ROOT, "scripts", "action", name), join(folder, name));
  for (const name of ["slipway.mjs", "LICENSE", "THIRD-PARTY-LICENSES.txt"])
    cpSync(join(commandLine, name), join(folder, name));
  return folder;
}

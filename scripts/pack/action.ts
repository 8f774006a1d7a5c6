import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./folders.ts";

const FILES = ["action.yml", "publish.mjs", "README.md"];

/** Puts the GitHub Action with the command line beside it into dist/action, as a repository of actions has it. @returns it */
export function buildAction(commandLine: string): string {
  const folder = join(ROOT, "dist", "action");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of FILES) cpSync(join(ROOT, "scripts", "action", name), join(folder, name));
  for (const name of ["slipway.mjs", "LICENSE", "THIRD-PARTY-LICENSES.txt"])
    cpSync(join(commandLine, name), join(folder, name));
  return folder;
}

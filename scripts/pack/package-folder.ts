import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { here, PACKAGES, ROOT } from "./folders.ts";
import { licencesOf } from "./licences.ts";
import { names } from "./names.ts";

type OwnManifest = {
  version: string;
  license: string;
  engines: object;
  dependencies: Record<string, string>;
};

/** This project's own package.json. */
export const own = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as OwnManifest;

/** Makes the folder of a package in `parent`, empty. @returns its path */
export function emptyFolder(name: string, parent = PACKAGES): string {
  const folder = join(parent, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Adds what every package has: manifest, README and licences. `page` is the README, a file of this folder in which
 * `{{...}}` stands for the packages' names.
 */
export function finishFolder(folder: string, manifest: object, page: string, bundles: Metafile[]): void {
  const { version, license, engines } = own;
  writeFileSync(
    join(folder, "package.json"),
    `${JSON.stringify({ version, license, type: "module", engines, ...manifest }, null, 2)}\n`,
  );
  writeFileSync(join(folder, "README.md"), named(readFileSync(here(page), "utf8")));
  cpSync(join(ROOT, "LICENSE"), join(folder, "LICENSE"));
  writeFileSync(join(folder, "THIRD-PARTY-LICENSES.txt"), licencesOf(bundles));
}

/** A text with the packages' names and tarballs in place of `{{commandLine}}`, `{{server.tgz}}` and the like. */
function named(text: string): string {
  return text.replaceAll(
    /\{\{(commandLine|server|agent)(\.tgz)?\}\}/g,
    (_all, which: keyof typeof names, tarball) => (tarball ? tarballOf(names[which]) : names[which]),
  );
}

/** The name of the file that `npm pack` makes of a package. */
export const tarballOf = (name: string) => `${name.replace(/^@/, "").replace("/", "-")}-${own.version}.tgz`;

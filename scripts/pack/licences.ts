import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { ROOT } from "./folders.ts";

/** One text with the licences of all packages of which the bundles contain parts, as their authors demand. */
export function licencesOf(bundles: Metafile[]): string {
  const inputs = bundles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) => Object.entries(output.inputs)),
  );
  const folders = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
    .filter((folder) => folder !== undefined);
  return [...new Set(folders)].toSorted().map(licenceOf).join("\n");
}

function licenceOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as Manifest;
  const file = readdirSync(join(ROOT, folder)).find((name) => /^licen[cs]e(\.\w+)?$/i.test(name));
  const text = file === undefined ? "" : `\n${readFileSync(join(ROOT, folder, file), "utf8").trim()}\n`;
  return `${manifest.name} ${manifest.version} (${manifest.license ?? "no licence named"})\n${text}`;
}

type Manifest = { name: string; version: string; license?: string };

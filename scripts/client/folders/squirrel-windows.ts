import { archOf, folderOf, formatOf, nameOf, versionOf } from "./file-names.ts";
import type { ListedFile, Listing } from "./listing.ts";
import { newest, readNupkgName, versionBefore } from "./nupkgs.ts";
import type { Detector, Given, Planned, Skipped } from "./plan.ts";
import { say, type Sentence } from "./sentence.ts";

/** SHA-1, file name or address, bytes; a part in per cent may follow. */
const LINE = /^([0-9a-f]{40})\s+(\S.*?)\s+(\d+)(?:\s*#.*)?$/i;

type Line = { sha1: string; name: string; size: number; version: string; isDelta: boolean };

/** Squirrel.Windows' output: the packages that `RELEASES` lists, and the installers beside it. */
export const squirrelWindows: Detector = (listing, given) => {
  const lists = listing.files.filter(({ path }) => nameOf(path) === "RELEASES");
  const found = lists.map(({ path }) => ({ path, lines: readLines(listing.texts.get(path) ?? "") }));
  const read = found.filter(({ lines }) => lines.length > 0);
  if (read.length === 0) return undefined;
  const packages: Planned[] = [];
  const skipped: Skipped[] = [];
  const faults: Sentence[] = [];
  for (const { path: list, lines } of read) {
    const versions = lines.map(({ version }) => version);
    for (const line of lines) {
      const path = `${folderOf(list)}${line.name}`;
      const file = listing.files.find((one) => one.path === path);
      const from = line.isDelta ? versionBefore(line.version, versions) : undefined;
      if (file === undefined) skipped.push({ path, reason: say("listedMissing", { list }) });
      else if (file.size !== line.size)
        faults.push(say("sizeBuild", { path, size: file.size, list, listed: line.size }));
      else if (line.isDelta && from === undefined) skipped.push({ path, reason: say("noBase", { list }) });
      else packages.push(plan(list, line, file, from, given));
    }
    packages.push(...installers(listing, list, newest(versions), given));
  }
  return { tool: "Squirrel.Windows", packages, skipped, read: read.map(({ path }) => path), faults };
};

function readLines(text: string): Line[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, sha1 = "", address = "", size] = LINE.exec(line.trim()) ?? [];
      const name = nameOf(address);
      const said = readNupkgName(name);
      return said ? [{ sha1: sha1.toLowerCase(), name, size: Number(size), ...said }] : [];
    });
}

function plan(list: string, line: Line, file: ListedFile, from: string | undefined, given: Given): Planned {
  return {
    path: file.path,
    size: file.size,
    version: line.version,
    type: line.isDelta ? "patch" : "full",
    ...(from !== undefined && { from_version: from }),
    platform: "windows",
    arch: archOf(file.path) ?? given.arch,
    format: "nupkg",
    digest: { algorithm: "sha1", hex: line.sha1, by: list },
    companions: [],
  };
}

/** `Setup.exe`, as it is written anew with each version, or with its version in the name. */
function installers(
  listing: Listing,
  list: string,
  newestVersion: string | undefined,
  given: Given,
): Planned[] {
  return listing.files.flatMap(({ path, size }): Planned[] => {
    const [name, format] = [nameOf(path), formatOf(path)?.format];
    if (format === undefined || folderOf(path) !== folderOf(list) || !/setup\.(?:exe|msi)$/i.test(name))
      return [];
    const version = versionOf(name);
    const remark = say("newestListed", { version: newestVersion ?? "", list: "RELEASES" });
    return [
      {
        path,
        size,
        version: version ?? newestVersion,
        type: "full",
        platform: "windows",
        arch: archOf(path) ?? given.arch,
        format,
        companions: [],
        ...(version === undefined && { remark }),
      },
    ];
  });
}

import { parsePackageName } from "./package-name.ts";
import { beside } from "./beside.ts";
import { archOf, formatOf, nameOf, platformOf, versionOf } from "./file-names.ts";
import type { ListedFile, Listing } from "./listing.ts";
import type { Detector, Found, Given, Planned } from "./plan.ts";

/** What stands for a tool where names alone tell what a file is. */
export const FILE_NAMES = "file names";

/** Any folder: each file whose extension is a package's, by what its name says. */
export const byName: Detector = (listing, given): Found => ({
  tool: FILE_NAMES,
  packages: listing.files.flatMap((file) => packageByName(listing, file, given) ?? []),
  skipped: [],
  read: [],
  faults: [],
});

/** A package by its name and what lies beside it; flags fill in what the name does not say. Undefined for other files. */
export function packageByName(listing: Listing, file: ListedFile, given: Given): Planned | undefined {
  const name = nameOf(file.path);
  const format = formatOf(name)?.format;
  if (format === undefined) return undefined;
  const whole = parsePackageName(name);
  const known = {
    path: file.path,
    size: file.size,
    format,
    ...beside(listing, file.path),
  };
  if (whole) {
    const { package_type: type, ...said } = whole;
    return { ...known, type, ...said };
  }
  return {
    ...known,
    type: "full",
    version: sayingVersion(name, given.version) ?? versionOf(name) ?? given.version,
    platform: platformOf(name) ?? given.platform,
    arch: archOf(name) ?? given.arch,
  };
}

/** The version of the flag where the name has it in it, whatever else in the name looks like one. */
function sayingVersion(name: string, version: string | undefined): string | undefined {
  const bare = version?.replace(/^v/i, "");
  if (bare === undefined || bare === "") return undefined;
  const at = name.indexOf(bare);
  const isWhole =
    at >= 0 && !/[0-9.]$/.test(name.slice(0, at)) && !/^[0-9]/.test(name.slice(at + bare.length));
  return isWhole ? version : undefined;
}

import { stat } from "node:fs/promises";
import { ClientError, EXIT } from "../client/errors.ts";
import { usage } from "./errors.ts";
import { listFiles, listFolder } from "./list-folder.ts";
import type { Listing } from "../client/folders/listing.ts";
import { look, placeOf } from "../client/folders/look.ts";
import { compare } from "../client/folders/nupkgs.ts";
import type { Given, Planned } from "../client/folders/plan.ts";

/** A package of which all is known that a release needs. */
export type FoundPackage = InFolder & { version: string; platform: string; arch: string };
type InFolder = Omit<Planned, "remark"> & { root: string; remark?: string };
/** A file that is not published, and why. */
type SkippedFile = { path: string; reason: string };

export type FoundPackages = {
  /** By whose writing they are known. */
  tools: string[];
  /** Oldest version first. */
  packages: FoundPackage[];
  skipped: SkippedFile[];
};

/**
 * Finds the packages in folders and among files. A version picks those that are of it.
 * @throws ClientError where nothing is found, where a package is not told in full, and where a file is not as its build tool
 * has described it
 */
export async function findPackages(paths: string[], given: Given): Promise<FoundPackages> {
  const listings = await listAll(paths);
  const looks = listings.map((listing) => look(listing, given));
  const faults = looks.flatMap((one) => one.faults);
  if (faults.length > 0)
    throw new ClientError(EXIT.verification, "NOT_AS_BUILT", faults.map(({ text }) => text).join("\n"));
  const all = looks.flatMap(({ root, packages }) =>
    packages.map(({ remark, ...one }): InFolder => ({
      ...one,
      root,
      ...(remark && { remark: remark.text }),
    })),
  );
  const skipped = looks.flatMap((one) =>
    one.skipped.map(({ path, reason }) => ({ path, reason: reason.text })),
  );
  const isWanted = ({ version }: InFolder) =>
    given.version === undefined || version === undefined || compare(version, given.version) === 0;
  const wanted = all.filter(isWanted);
  if (wanted.length === 0) throw nothingFound(paths, all, skipped, given.version);
  const others = all.filter((one) => !isWanted(one));
  return {
    tools: [...new Set(looks.flatMap((one) => one.tools))],
    packages: requireDistinct(requireTold(wanted)).toSorted((a, b) => compare(a.version, b.version)),
    skipped: [...skipped, ...others.map(({ path, version }) => ({ path, reason: `it is of ${version}` }))],
  };
}

/** Folders are looked at one by one, files together. */
async function listAll(paths: string[]): Promise<Listing[]> {
  const files: string[] = [];
  const listings: Listing[] = [];
  for (const path of paths) {
    if ((await stat(path)).isDirectory()) listings.push(await listFolder(path));
    else files.push(path.replaceAll("\\", "/"));
  }
  return files.length === 0 ? listings : [...listings, await listFiles("", files)];
}

/** @throws ClientError (usage) that says of each package what is not known of it */
function requireTold(packages: InFolder[]): FoundPackage[] {
  const told: FoundPackage[] = [];
  const missing: string[] = [];
  const flags = new Set<string>();
  for (const one of packages) {
    const { version, platform, arch } = one;
    if (version !== undefined && platform !== undefined && arch !== undefined) {
      told.push({ ...one, version, platform, arch });
      continue;
    }
    const unknown = Object.entries({ version, platform, arch }).filter(([, value]) => value === undefined);
    for (const [name] of unknown) flags.add(`--${name}`);
    const remark = one.remark === undefined ? "" : ` (${one.remark})`;
    missing.push(
      `The ${unknown.map(([name]) => name).join(" and ")} of ${one.path} cannot be told${remark}.`,
    );
  }
  if (missing.length === 0) return told;
  const hint = `Pass ${[...flags].join(" and ")} for those that do not say it, or name only the files to publish.`;
  throw usage(missing.join("\n"), hint);
}

/** @throws ClientError (usage) where files of two folders would be the same package */
function requireDistinct(packages: FoundPackage[]): FoundPackage[] {
  const places = new Map<string, FoundPackage>();
  for (const one of packages) {
    const first = places.get(placeOf(one));
    if (first === undefined) places.set(placeOf(one), one);
    else {
      const what = `the .${one.format} of ${one.version} for ${one.platform} ${one.arch}`;
      throw usage(`${first.path} and ${one.path} are both ${what}.`, "A release has one: name only that.");
    }
  }
  return packages;
}

function nothingFound(
  paths: string[],
  all: InFolder[],
  skipped: SkippedFile[],
  version: string | undefined,
): ClientError {
  const where = paths.join(" and ");
  const versions = [...new Set(all.map((one) => one.version))].join(", ");
  if (all.length > 0) return usage(`${where} has no package of ${version}.`, `It has those of ${versions}.`);
  const [first] = skipped;
  const reason = first === undefined ? "It is empty." : `${first.path}: ${first.reason}.`;
  return usage(`There is no package in ${where}.`, reason);
}

import { strays } from "./beside.ts";
import { byName } from "./by-name.ts";
import { cargoPackager } from "./cargo-packager.ts";
import { electronBuilder } from "./electron-builder.ts";
import type { Listing } from "./listing.ts";
import { compare } from "./nupkgs.ts";
import type { Detector, Found, Given, Planned, Skipped } from "./plan.ts";
import { say } from "./sentence.ts";
import { sparkle } from "./sparkle.ts";
import { squirrelWindows } from "./squirrel-windows.ts";
import { tauri } from "./tauri.ts";
import { velopack } from "./velopack.ts";

/** Each takes what is its own of what those before it have left; what nobody took is told by its name. */
const DETECTORS: readonly Detector[] = [
  electronBuilder,
  velopack,
  squirrelWindows,
  sparkle,
  tauri,
  cargoPackager,
];

/** What a folder holds. */
export type Look = Omit<Found, "tool" | "read"> & {
  root: string;
  /** By whose writing its packages are known: none where there are no packages. */
  tools: string[];
};

/** Finds the packages of a folder, and says of every other file why it is none. */
export function look(listing: Listing, given: Given): Look {
  const found: Found[] = [];
  let rest = listing;
  for (const detect of DETECTORS) {
    const one = detect(rest, given);
    if (one === undefined) continue;
    found.push(one);
    rest = without(rest, one);
  }
  const all = [...found, found.length === 0 ? byName(rest, given) : besideTools(found, rest)];
  const { kept, skipped: doubles } = distinct(all.flatMap((one) => one?.packages ?? []));
  const skipped = [...all.flatMap((one) => one?.skipped ?? []), ...doubles];
  const read = found.flatMap((one) => one.read);
  const faults = found.flatMap((one) => one.faults);
  const known = new Set(pathsOf({ packages: kept, skipped, read, faults }));
  const stray = strays(listing).filter(({ path }) => !known.has(path));
  for (const { path } of stray) known.add(path);
  const unknown = listing.files
    .filter(({ path }) => !known.has(path))
    .map(({ path }) => ({ path, reason: say("unknownFile") }));
  return {
    root: listing.root,
    tools: all.flatMap((one) => (one?.packages.some((each) => kept.includes(each)) ? [one.tool] : [])),
    packages: kept,
    skipped: [...skipped, ...stray, ...unknown],
    faults,
  };
}

/** All files that are part of what was found, or are at fault. */
function pathsOf({ packages, skipped, read, faults }: Omit<Found, "tool">): string[] {
  const faulty = faults.map(({ values }) => String(values["path"]));
  return [...packages.flatMap(filesOf), ...skipped.map(({ path }) => path), ...read, ...faulty];
}

const filesOf = ({ path, companions, signature }: Planned): string[] => [
  path,
  ...companions.map((companion) => companion.path),
  ...(signature === undefined ? [] : [`${path}.sig`]),
];

function without(listing: Listing, found: Found): Listing {
  const gone = new Set(pathsOf(found));
  return { ...listing, files: listing.files.filter(({ path }) => !gone.has(path)) };
}

/** Packages that a build made without naming them to its updater: taken where their names tell all, and one of its versions. */
function besideTools(found: Found[], rest: Listing): Found | undefined {
  const versions = found.flatMap((one) => one.packages.flatMap(({ version }) => version ?? []));
  const tools = found.map(({ tool }) => tool).join(" + ");
  const isWhole = ({ version, platform, arch }: Planned) =>
    platform !== undefined &&
    arch !== undefined &&
    versions.some((known) => compare(known, version ?? "") === 0);
  const named = byName(rest, {});
  if (named === undefined) return undefined;
  const reason = say("untold", { tools });
  return {
    ...named,
    packages: named.packages.filter(isWhole),
    skipped: named.packages
      .filter((one) => !isWhole(one))
      .flatMap(filesOf)
      .map((path) => ({ path, reason })),
  };
}

type Place = Pick<Planned, "version" | "type" | "from_version" | "platform" | "arch" | "format">;
/** What a release has one package of. */
export const placeOf = ({ version, type, from_version, platform, arch, format }: Place): string =>
  JSON.stringify([version, type, from_version, platform, arch, format]);

/** A release has one package of a format for each platform and arch: of more, the one that an updater is told of stays. */
function distinct(packages: Planned[]): { kept: Planned[]; skipped: Skipped[] } {
  const places = new Map<string, Planned>();
  const skipped: Skipped[] = [];
  for (const one of packages) {
    const { path, version, platform, arch, format } = one;
    const isTold = version !== undefined && platform !== undefined && arch !== undefined;
    const place = isTold ? placeOf(one) : path;
    const first = places.get(place);
    if (first === undefined || !isTold) {
      places.set(place, one);
      continue;
    }
    const reason = say("double", { first: first.path, format, version, platform, arch });
    skipped.push(...filesOf(one).map((path) => ({ path, reason })));
  }
  return { kept: [...places.values()], skipped };
}

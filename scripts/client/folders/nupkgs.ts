import { compareVersions, parseVersion } from "../../../functions/kit/versions.ts";

/** `App-1.0.0-full.nupkg`, with the channel before `full` where it is not the default one. */
const NAME = /-(\d+\.\d+[^/]*?)(?:-(?:win|osx|linux)[\w-]*)?-(full|delta)\.nupkg$/i;

/** The version and the kind that the name of a package of Squirrel's or Velopack's says. */
export function readNupkgName(name: string): { version: string; isDelta: boolean } | undefined {
  const [, version, kind] = NAME.exec(name) ?? [];
  return version === undefined ? undefined : { version, isDelta: kind?.toLowerCase() === "delta" };
}

/** The newest of the versions of a list that are older than this one: what its delta was made from. */
export function versionBefore(version: string, listed: string[]): string | undefined {
  return newest(listed.filter((other) => compare(other, version) < 0));
}

export const newest = (versions: string[]): string | undefined => versions.toSorted(compare).at(-1);

/** Texts that are no versions stand before all that are. */
export function compare(a: string, b: string): number {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  if (left && right) return compareVersions(left, right);
  return Number(left !== null) - Number(right !== null);
}

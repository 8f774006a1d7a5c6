import type { SemVer } from "semver";
import parse from "semver/functions/parse.js";

export type Version = Readonly<Pick<SemVer, "version" | "major" | "minor" | "patch" | "prerelease">>;

/** Characters; keeps file names, URLs and ordering keys short. */
export const MAX_VERSION_LENGTH = 64;

/** Digits of Number.MAX_SAFE_INTEGER, the largest number that a part may be. */
const NUMBER_WIDTH = 16;

/**
 * Reads a SemVer 2.0.0 version in its canonical spelling: no leading `v`, no spaces, at most 64 characters.
 * Build metadata is refused, for versions that differ only in it would compare equal; so are numbers above
 * Number.MAX_SAFE_INTEGER.
 * @returns null for anything else.
 */
export function parseVersion(text: string): Version | null {
  return text.includes("+") ? null : parseVersionWithBuild(text);
}

/**
 * The same with build metadata, which ordering keys leave out: versions that differ only in it are one version.
 * @returns null for anything else; the result's own `version` is without it.
 */
export function parseVersionWithBuild(text: string): Version | null {
  if (text.length > MAX_VERSION_LENGTH) return null;
  const version = parse(text);
  // The parser trims and takes a leading "v"; its own spelling of the result has neither.
  if (version === null || [version.version, ...buildOf(version)].join("+") !== text) return null;
  const tooLarge = (part: string | number) =>
    /^\d+$/.test(String(part)) && !Number.isSafeInteger(Number(part));
  return version.prerelease.some(tooLarge) ? null : version;
}

/**
 * A text whose plain byte order is SemVer precedence, so that `ORDER BY` and an index give the newest version.
 * ASCII only; "," separates identifiers because it sorts before every character an identifier may contain.
 * Source: semver.org 2.0.0, item 11.
 */
export function orderingKey(version: Version): string {
  const core = [version.major, version.minor, version.patch].map(padNumber).join(".");
  if (version.prerelease.length === 0) return `${core}~`;
  const identifiers = version.prerelease.map((part) =>
    /^\d+$/.test(String(part)) ? `0${padNumber(part)}` : `1${part}`,
  );
  return `${core}-${identifiers.join(",")}`;
}

/** Negative, zero or positive as `a` comes before, equals or comes after `b` in SemVer precedence. */
export function compareVersions(a: Version, b: Version): number {
  const keyA = orderingKey(a);
  const keyB = orderingKey(b);
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
}

/**
 * The channel a version belongs to: "stable" for a release; else the letters that begin the first pre-release
 * identifier that starts with one, in lower case (2.0.0-Beta.1 and 2.0.0-beta1: "beta"); else "pre".
 */
export function channelOf(version: Version): string {
  if (version.prerelease.length === 0) return "stable";
  for (const part of version.prerelease) {
    const word = /^[a-z]+/.exec(String(part).toLowerCase())?.[0];
    // A pre-release that calls itself stable must not reach those who asked for releases only.
    if (word !== undefined) return word === "stable" ? "pre" : word;
  }
  return "pre";
}

/** Whether both are of one major.minor line. */
export function sameMinor(a: Version, b: Version): boolean {
  return a.major === b.major && a.minor === b.minor;
}

function buildOf({ build }: SemVer): string[] {
  return build.length === 0 ? [] : [build.join(".")];
}

function padNumber(value: string | number): string {
  return String(value).padStart(NUMBER_WIDTH, "0");
}

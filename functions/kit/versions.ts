/** A version as it was written and as it is compared. */
export type Version = Readonly<{
  /** As written, without blanks around and without the leading `v`: what is stored and shown. */
  name: string;
  /** One spelling for all versions that are equal: three numbers, or four where the fourth is not 0; no build metadata. */
  canonical: string;
  numbers: readonly [major: number, minor: number, patch: number, fourth: number];
  /** The identifiers after `-`; numbers lose the zeros in front of them. */
  prerelease: readonly string[];
}>;

/** Characters; keeps file names, URLs and ordering keys short. */
export const MAX_VERSION_LENGTH = 64;

/** Digits of Number.MAX_SAFE_INTEGER, the largest number that a part may be. */
const NUMBER_WIDTH = 16;

const IDENTIFIERS = String.raw`[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*`;
/** What may follow the numbers of a version: a pre-release and build metadata. */
export const VERSION_TAIL = String.raw`(?:-(${IDENTIFIERS}))?(?:\+${IDENTIFIERS})?`;
const VERSION = new RegExp(String.raw`^(\d+(?:\.\d+){0,3})${VERSION_TAIL}$`);

/** What parseVersion reads, for descriptions; it also reads blanks around it, and longer numbers, which nobody has. */
export const VERSION_SCHEMA = {
  type: "string",
  minLength: 1,
  maxLength: MAX_VERSION_LENGTH,
  pattern: String.raw`^[vV]?0*\d{1,15}(?:\.0*\d{1,15}){0,3}${VERSION_TAIL}$`,
} as const;

const STRICT_NUMBER = String.raw`(?:0|[1-9]\d*)`;
const STRICT_TAIL = String.raw`(?:-(?!(?:[^+]*\.)?0\d+(?:[.+]|$))${IDENTIFIERS})?(?:\+${IDENTIFIERS})?`;
const SEMVER = new RegExp(String.raw`^${STRICT_NUMBER}\.${STRICT_NUMBER}\.${STRICT_NUMBER}${STRICT_TAIL}$`);

/**
 * Reads a version as people write it: blanks around it, a leading `v`, one to four numbers with zeros in front, a
 * pre-release, build metadata. At most 64 characters, numbers up to Number.MAX_SAFE_INTEGER.
 * @returns null for anything else.
 */
export function parseVersion(text: string): Version | null {
  const name = text.trim().replace(/^v/i, "");
  if (name.length > MAX_VERSION_LENGTH) return null;
  const [, core, tail] = VERSION.exec(name) ?? [];
  if (core === undefined) return null;
  const [major = 0, minor = 0, patch = 0, fourth = 0] = core.split(".").map(Number);
  const prerelease = readPrerelease(tail);
  const numbers = [major, minor, patch, fourth] as const;
  if (prerelease === null || !numbers.every(Number.isSafeInteger)) return null;
  return { name, canonical: spell(numbers, prerelease), numbers, prerelease };
}

/** Reads a text that is a version by SemVer 2.0.0 to the letter, build metadata included. @returns null for anything else. */
export function parseSemVer(text: string): Version | null {
  return SEMVER.test(text) ? parseVersion(text) : null;
}

/** The name under which a version is compared; a text that is not a version is its own name. */
export function versionName(text: string): string {
  return parseVersion(text)?.name ?? text;
}

/** The identifiers of a pre-release; an empty list where there is none; null where a number is too large. */
export function readPrerelease(tail: string | undefined): string[] | null {
  const identifiers = tail?.split(".").map((part) => (isNumber(part) ? part.replace(/^0+(?=\d)/, "") : part));
  const tooLarge = identifiers?.some((part) => isNumber(part) && !Number.isSafeInteger(Number(part)));
  return tooLarge ? null : (identifiers ?? []);
}

/**
 * A text whose byte order is the order of versions, so that `ORDER BY` and an index find the newest: by the numbers, then by
 * SemVer precedence (semver.org 2.0.0, item 11). ASCII only. "," separates identifiers because it sorts before every
 * character that an identifier may contain. A fourth number stands after "~", which otherwise ends only releases of three
 * numbers; so keys of three numbers are the same as before fourth numbers were read.
 */
export function orderingKey({ numbers, prerelease }: Pick<Version, "numbers" | "prerelease">): string {
  const [major, minor, patch, fourth] = numbers;
  const line = [major, minor, patch].map(padNumber).join(".");
  const core = fourth === 0 ? line : `${line}~${padNumber(fourth)}`;
  if (prerelease.length === 0) return `${core}~`;
  const identifiers = prerelease.map((part) => (isNumber(part) ? `0${padNumber(part)}` : `1${part}`));
  return `${core}-${identifiers.join(",")}`;
}

/** Negative where `a` comes before `b`, positive where it comes after, zero where they are equal. */
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
    const word = /^[a-z]+/.exec(part.toLowerCase())?.[0];
    // A pre-release that calls itself "stable" must not reach users who asked for releases only.
    if (word !== undefined) return word === "stable" ? "pre" : word;
  }
  return "pre";
}

/** Whether both are of one major.minor line. */
export function sameMinor(a: Version, b: Version): boolean {
  return a.numbers[0] === b.numbers[0] && a.numbers[1] === b.numbers[1];
}

function spell([major, minor, patch, fourth]: Version["numbers"], prerelease: readonly string[]): string {
  const core = [major, minor, patch, ...(fourth === 0 ? [] : [fourth])].join(".");
  return prerelease.length === 0 ? core : `${core}-${prerelease.join(".")}`;
}

const isNumber = (part: string) => /^\d+$/.test(part);

function padNumber(value: string | number): string {
  return String(value).padStart(NUMBER_WIDTH, "0");
}

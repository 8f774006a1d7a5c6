import { orderingKey, readPrerelease, VERSION_TAIL, type Version } from "./versions.ts";

type Numbers = Version["numbers"];

/** One condition on a version. `line` is the release that a pre-release in it belongs to. */
type Comparator = { operator: "<" | "<=" | ">" | ">=" | "="; key: string; line: string | null };

/** A list of conditions, all of which must hold. */
export type Range = Readonly<{ alternatives: readonly (readonly Comparator[])[]; takesPrereleases: boolean }>;

/** A version in a range, of which parts may be left open: `1.2`, `1.2.x`, `*`. */
type Pattern = {
  /** The numbers before the first one that is left open. */
  numbers: number[];
  prerelease: string[];
  /** Whether the parts that are left open may be any number. */
  isOpen: boolean;
};

const NUMBER = String.raw`(\d+|[xX*])`;
const COMPARATOR = new RegExp(
  String.raw`^(<=|>=|<|>|=|\^|~>?|)[=vV]*${NUMBER}(?:\.${NUMBER})?(?:\.${NUMBER})?(?:\.${NUMBER})?${VERSION_TAIL}$`,
);
/** An operator and the blanks that may stand before its version. */
const LOOSE_OPERATOR = /([<>=^~])\s+(?=[<>=^~vV\dxX*])/g;
/** The lowest pre-release there is. */
const LOWEST = ["0"];

/**
 * Reads a range in the grammar of node-semver. Its versions are read like parseVersion() reads them: up to four numbers,
 * zeros in front, `v` or `V`. Three numbers are a whole version, whose fourth number is 0. Without an operator, fewer
 * numbers stand for all versions that begin with them, and `x` and `*` for any number.
 * @param takesPrereleases whether the order alone decides if a pre-release is in the range; otherwise the range must name a
 *   pre-release of the same release
 * @returns null for a text that is not a range.
 */
export function parseRange(text: string, takesPrereleases: boolean): Range | null {
  const alternatives = text.split("||").map((part) => readAlternative(part.trim(), takesPrereleases));
  return alternatives.every((list) => list !== null) ? { alternatives, takesPrereleases } : null;
}

/** Whether a version is in a range. */
export function inRange(version: Version, range: Range): boolean {
  return keyInRange(orderingKey(version), version.prerelease.length === 0, range);
}

/** The same for a version's ordering key. */
export function keyInRange(key: string, isRelease: boolean, range: Range): boolean {
  const named = isRelease || range.takesPrereleases ? null : lineOf(key);
  return range.alternatives.some(
    (list) =>
      list.every((one) => holds(one, key)) && (named === null || list.some(({ line }) => line === named)),
  );
}

function holds({ operator, key: bound }: Comparator, key: string): boolean {
  switch (operator) {
    case "<":
      return key < bound;
    case "<=":
      return key <= bound;
    case ">":
      return key > bound;
    case ">=":
      return key >= bound;
    case "=":
      return key === bound;
  }
}

/** The part of a key that stands before its pre-release: the key of its release without the ending. */
const lineOf = (key: string) => key.slice(0, key.indexOf("-"));

function readAlternative(text: string, takesPrereleases: boolean): Comparator[] | null {
  const ends = text.split(/\s+-\s+/);
  if (ends.length > 1) return ends.length === 2 ? readHyphen(ends, takesPrereleases) : null;
  if (text === "") return [];
  const words = text.replace(LOOSE_OPERATOR, "$1").split(/\s+/);
  const lists = words.map((word) => {
    const read = readComparator(word);
    return read && desugar(read.operator, read.version, takesPrereleases);
  });
  return lists.every((list) => list !== null) ? lists.flat() : null;
}

function readComparator(word: string): { operator: string; version: Pattern } | null {
  const [, operator, a, b, c, d, tail] = COMPARATOR.exec(word) ?? [];
  if (operator === undefined) return null;
  const parts = [a, b, c, d].filter((part) => part !== undefined);
  const open = parts.findIndex((part) => !/^\d/.test(part));
  const numbers = (open < 0 ? parts : parts.slice(0, open)).map(Number);
  const prerelease = readPrerelease(open < 0 ? tail : undefined);
  if (prerelease === null || !numbers.every(Number.isSafeInteger)) return null;
  const isOpen = open >= 0 || (numbers.length < 3 && prerelease.length === 0);
  return { operator, version: { numbers, prerelease, isOpen } };
}

/** `a - b`: from the one to the other, both included. */
function readHyphen(ends: readonly string[], takesPrereleases: boolean): Comparator[] | null {
  const [from, to] = ends.map(readComparator);
  if (!from || !to || from.operator.replace("=", "") !== "" || to.operator.replace("=", "") !== "")
    return null;
  // As in node-semver, where pre-releases count by their order, a release at either end includes its pre-releases.
  const whole = from.version.prerelease.length === 0;
  const first = atLeast({ ...from.version, isOpen: whole }, takesPrereleases);
  const { numbers, prerelease, isOpen } = to.version;
  if (isOpen) return numbers.length === 0 ? first : [...first, below(numbers, numbers.length - 1)];
  if (takesPrereleases && prerelease.length === 0 && numbers.length === 3)
    return [...first, below(numbers, 2)];
  return [...first, comparator("<=", padded(numbers), prerelease)];
}

function desugar(operator: string, version: Pattern, takesPrereleases: boolean): Comparator[] {
  const { numbers, prerelease, isOpen } = version;
  const last = numbers.length - 1;
  switch (operator) {
    case "^":
      return last < 0 ? [] : [...atLeast(version, takesPrereleases), below(numbers, caretPlace(numbers))];
    case "~":
    case "~>":
      return last < 0 ? [] : [...atLeast(version, takesPrereleases), below(numbers, Math.min(last, 1))];
    case "":
    case "=":
      if (!isOpen) return [comparator("=", padded(numbers), prerelease)];
      return last < 0 ? [] : [...atLeast(version, takesPrereleases), below(numbers, last)];
    case ">":
    case "<":
      if (last < 0) return [comparator("<", [0, 0, 0, 0], LOWEST)];
      if (!isOpen) return [comparator(operator, padded(numbers), prerelease)];
      if (operator === "<") return [comparator("<", padded(numbers), LOWEST)];
      return [comparator(">=", next(numbers, last), takesPrereleases ? LOWEST : [])];
    case "<=":
      if (!isOpen) return [comparator("<=", padded(numbers), prerelease)];
      return last < 0 ? [] : [below(numbers, last)];
    default:
      return atLeast(version, takesPrereleases);
  }
}

/** The lower end of an open version. Where pre-releases count by their order, those of its first version are included. */
function atLeast({ numbers, prerelease, isOpen }: Pattern, takesPrereleases: boolean): Comparator[] {
  if (numbers.length === 0) return [];
  return [comparator(">=", padded(numbers), isOpen && takesPrereleases ? LOWEST : prerelease)];
}

/** The upper end: everything below the next number at this place, and below that number's pre-releases. */
const below = (numbers: readonly number[], place: number) => comparator("<", next(numbers, place), LOWEST);

/** The place of the first of the three numbers that is not 0: a caret range may change everything after it. */
function caretPlace([major = 0, minor, patch]: readonly number[]): number {
  if (major > 0 || minor === undefined) return 0;
  return minor > 0 || patch === undefined ? 1 : 2;
}

function next(numbers: readonly number[], place: number): Numbers {
  const upTo = numbers.slice(0, place + 1);
  return padded(upTo.map((number, index) => (index === place ? number + 1 : number)));
}

function padded([major = 0, minor = 0, patch = 0, fourth = 0]: readonly number[]): Numbers {
  return [major, minor, patch, fourth];
}

function comparator(
  operator: Comparator["operator"],
  numbers: Numbers,
  prerelease: readonly string[],
): Comparator {
  const key = orderingKey({ numbers, prerelease });
  return { operator, key, line: prerelease.length > 0 ? lineOf(key) : null };
}

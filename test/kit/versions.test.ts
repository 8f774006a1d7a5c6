import semver from "semver";
import { describe, expect, test } from "vitest";
import {
  channelOf,
  compareVersions,
  orderingKey,
  parseSemVer,
  parseVersion,
  sameMinor,
  VERSION_SCHEMA,
  versionName,
  type Version,
} from "../../functions/kit/versions.ts";

function version(text: string): Version {
  const parsed = parseVersion(text);
  if (parsed === null) throw new Error(`${text} was refused`);
  return parsed;
}

/** Whether descriptions call this a version. */
const isDescribed = (text: string) =>
  text.length <= VERSION_SCHEMA.maxLength && new RegExp(VERSION_SCHEMA.pattern, "u").test(text);

const hasLongNumber = (text: string) => /\d{16}/.test(text);

describe("parseVersion", () => {
  const read: [text: string, name: string, canonical: string][] = [
    ["2.2.5", "2.2.5", "2.2.5"],
    ["v2.2.5", "2.2.5", "2.2.5"],
    ["V2.2.5", "2.2.5", "2.2.5"],
    [" 2.2.5\n", "2.2.5", "2.2.5"],
    ["1.0.0.5", "1.0.0.5", "1.0.0.5"],
    ["1.0.0.0", "1.0.0.0", "1.0.0"],
    ["2.2", "2.2", "2.2.0"],
    ["v9", "9", "9.0.0"],
    ["2024.01.15", "2024.01.15", "2024.1.15"],
    ["v2.1-beta", "2.1-beta", "2.1.0-beta"],
    ["2.3.0+7", "2.3.0+7", "2.3.0"],
    ["1.0.0.5-rc.01+build.05", "1.0.0.5-rc.01+build.05", "1.0.0.5-rc.1"],
    ["1.0.0-x-y-z.--", "1.0.0-x-y-z.--", "1.0.0-x-y-z.--"],
    ["1.0.0-0a.00a", "1.0.0-0a.00a", "1.0.0-0a.00a"],
    [
      "9007199254740991.0.0-9007199254740991",
      "9007199254740991.0.0-9007199254740991",
      "9007199254740991.0.0-9007199254740991",
    ],
    [`v1.0.0-${"a".repeat(58)}`, `1.0.0-${"a".repeat(58)}`, `1.0.0-${"a".repeat(58)}`],
  ];
  test.each(read)("reads %j as %s, which is %s", (text, name, canonical) => {
    expect(parseVersion(text)).toMatchObject({ name, canonical });
    expect(versionName(text)).toBe(name);
    expect(parseVersion(canonical)).toMatchObject({ name: canonical, canonical });
    if (!hasLongNumber(text)) expect(isDescribed(name)).toBe(true);
    if (!hasLongNumber(text) && text.length <= 64 && text === text.trim())
      expect(isDescribed(text)).toBe(true);
  });

  test.each([
    "",
    "v",
    "vv1.2.3",
    "v 1.2.3",
    "=1.2.3",
    "1.2.3.4.5",
    "1.2.3.",
    ".1.2",
    "1..2",
    "1. 2",
    "1.2.3-",
    "1.2.3-a..b",
    "1.2.3-ä",
    "1.2.3+",
    "1.2.3+a+b",
    "1.2.3+ä",
    "1.2.3\u0000",
    "1.2.3beta",
    "-1.2.3",
    "1.2.x",
    "latest",
    "../1.2.3",
    "１.2.3",
    "9007199254740992.0.0",
    "1.0.0.9007199254740992",
    "1.0.0-9007199254740993",
    `1.0.0-${"a".repeat(59)}`,
    `1.0.0+${"a".repeat(59)}`,
  ])("refuses %j", (text) => {
    expect(parseVersion(text)).toBeNull();
    expect(versionName(text)).toBe(text);
    if (!hasLongNumber(text)) expect(isDescribed(text)).toBe(false);
  });
});

describe("parseSemVer", () => {
  test.each([
    "0.0.0",
    "1.0.0-alpha.0",
    "1.0.0-0a.00a+01.00",
    "1.0.0+01",
    "1.0.0-rc.1+build.05.a-b",
    "1.0.0-a.b-01",
  ])("takes %s, as semver does", (text) => {
    expect(semver.valid(text)).not.toBeNull();
    expect(parseSemVer(text)?.name).toBe(text);
  });

  test.each([
    "1.2",
    "1.2.3.4",
    "v1.2.3",
    " 1.2.3",
    "1.2.3\n",
    "01.2.3",
    "1.2.03",
    "1.2.3-01",
    "1.2.3-a.01",
    "1.2.3-01.a",
    "1.2.3-00+5",
    "1.2.3+",
  ])("refuses %j", (text) => {
    expect(parseSemVer(text)).toBeNull();
  });
});

describe("order", () => {
  test("the example of the SemVer specification", () => {
    const ascending = [
      "1.0.0-alpha",
      "1.0.0-alpha.1",
      "1.0.0-alpha.beta",
      "1.0.0-beta",
      "1.0.0-beta.2",
      "1.0.0-beta.11",
      "1.0.0-rc.1",
      "1.0.0",
      "1.9.0",
      "1.10.0",
    ];
    const keys = ascending.map((text) => orderingKey(version(text)));
    expect(keys.toSorted()).toEqual(keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("byte order of keys is SemVer precedence for any two versions", () => {
    const random = generator(20261120);
    for (let round = 0; round < 20_000; round += 1) {
      const [a, b] = similarVersions(random);
      const expected = semver.compare(a, b);
      const keys = [orderingKey(version(a)), orderingKey(version(b))].map((key) => Buffer.from(key));
      expect(Buffer.compare(keys[0] ?? Buffer.of(), keys[1] ?? Buffer.of()), `${a} against ${b}`).toBe(
        expected,
      );
      expect(compareVersions(version(a), version(b)), `${a} against ${b}`).toBe(expected);
    }
  });
});

describe("order beyond SemVer", () => {
  test("a fourth number comes behind its release and before the next", () => {
    const ascending = [
      "1.0.0-rc.1",
      "1",
      "1.0.0.1-rc",
      "1.0.0.1",
      "v1.0.0.2-0",
      "1.0.0.2",
      "1.0.0.10",
      "1.0.1-a",
      "1.0.1",
    ];
    const keys = ascending.map((text) => orderingKey(version(text)));
    expect(keys.toSorted()).toEqual(keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("keys of three numbers are those that databases have", () => {
    const zeros = "0".repeat(15);
    expect(orderingKey(version("1.2.3"))).toBe(`${zeros}1.${zeros}2.${zeros}3~`);
    expect(orderingKey(version("1.2.3-rc.1"))).toBe(`${zeros}1.${zeros}2.${zeros}3-1rc,0${zeros}1`);
  });

  test("byte order of keys is the order of numbers, then of tails, for any two spellings", () => {
    const random = generator(20261129);
    let equal = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const [a, b] = [spelled(random), spelled(random)];
      const expected = compareByHand(a, b);
      if (expected === 0) equal += 1;
      const keys = [orderingKey(version(a)), orderingKey(version(b))].map((key) => Buffer.from(key));
      expect(
        Math.sign(Buffer.compare(keys[0] ?? Buffer.of(), keys[1] ?? Buffer.of())),
        `${a} against ${b}`,
      ).toBe(expected);
      expect(version(a).canonical === version(b).canonical, `${a} against ${b}`).toBe(expected === 0);
    }
    expect(equal).toBeGreaterThan(50);
  });
});

test.each([
  ["2.0.0", "stable"],
  ["2.0.0-beta.1", "beta"],
  ["2.0.0-Beta2", "beta"],
  ["2.0.0-RC1", "rc"],
  ["2.0.0-0.nightly", "nightly"],
  ["2.0.0-1", "pre"],
  ["2.0.0--.7a", "pre"],
  ["2.0.0-stable.1", "pre"],
])("the channel of %s is %s", (text, channel) => {
  expect(channelOf(version(text))).toBe(channel);
});

test("sameMinor tells lines of maintenance apart", () => {
  expect(sameMinor(version("2.2.5"), version("2.2.6-rc.1"))).toBe(true);
  expect(sameMinor(version("2.2.5"), version("2.3.5"))).toBe(false);
  expect(sameMinor(version("2.2.5"), version("1.2.5"))).toBe(false);
});

/** Repeatable pseudo-random integers below a bound (multiply-with-carry of Marsaglia's kind). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Two versions that often share a beginning, since the hard cases differ late. */
function similarVersions(random: (below: number) => number): [string, string] {
  const numbers = ["0", "1", "2", "9", "10", "99", "100", "4294967296", "9007199254740991"];
  const identifiers = [
    ...numbers,
    ..."a A z Z - -- -1 0a 1- a- a-b aB alpha beta rc 1a 00a a0 a00".split(" "),
  ];
  const pick = (from: string[]) => from[random(from.length)] ?? "0";
  const core = [pick(numbers), pick(numbers), pick(numbers)];
  const shared = Array.from({ length: random(3) }, () => pick(identifiers));
  const one = () => {
    const own = random(4) === 0 ? [pick(numbers), pick(numbers), pick(numbers)] : core;
    const list = [...shared, ...Array.from({ length: random(3) }, () => pick(identifiers))];
    const text = list.length > 0 && random(6) > 0 ? `${own.join(".")}-${list.join(".")}` : own.join(".");
    return text.length > 64 ? "1.0.0" : text;
  };
  return [one(), one()];
}

/** A version of one to four numbers in any spelling. */
function spelled(random: (below: number) => number): string {
  const pick = (from: string[]) => from[random(from.length)] ?? "0";
  const numbers = Array.from({ length: 1 + random(4) }, () => pick(["0", "0", "1", "01", "2", "10", "0010"]));
  const tail = pick(["", "", "-rc", "-rc.1", "-rc.01", "-rc.2", "-rc.10", "-1", "-a-b", "-0"]);
  return `${pick(["", "v", "V", " "])}${numbers.join(".")}${tail}${pick(["", "", "+7", "+b.01"])}`;
}

/** The rule in plain words: numbers first, those missing are 0; then the tails as semver compares them. */
function compareByHand(a: string, b: string): number {
  const parts = (text: string) => {
    const [core = "", ...tail] = text.trim().replace(/^v/i, "").replace(/\+.*/, "").split("-");
    return { numbers: core.split(".").map(Number), tail: tail.join("-").replace(/(^|\.)0+(?=\d)/g, "$1") };
  };
  const [first, second] = [parts(a), parts(b)];
  for (let place = 0; place < 4; place += 1) {
    const difference = (first.numbers[place] ?? 0) - (second.numbers[place] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  const whole = (tail: string) => (tail === "" ? "0.0.0" : `0.0.0-${tail}`);
  return semver.compare(whole(first.tail), whole(second.tail));
}

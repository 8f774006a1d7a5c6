import semver from "semver";
import { describe, expect, test } from "vitest";
import {
  channelOf,
  compareVersions,
  orderingKey,
  parseVersion,
  parseVersionWithBuild,
  sameMinor,
  type Version,
} from "../../functions/kit/versions.ts";

function version(text: string): Version {
  const parsed = parseVersion(text);
  if (parsed === null) throw new Error(`${text} was refused`);
  return parsed;
}

describe("parseVersion", () => {
  test.each([
    "0.0.0",
    "2.2.5",
    "1.0.0-alpha",
    "1.0.0-0.3.7",
    "1.0.0-x-y-z.--",
    "9007199254740991.0.0",
    "1.0.0-9007199254740991",
  ])("takes %s", (text) => {
    expect(parseVersion(text)?.version).toBe(text);
  });

  test.each([
    "",
    "1",
    "1.2",
    "1.2.3.4",
    "v1.2.3",
    "=1.2.3",
    " 1.2.3",
    "1.2.3 ",
    "1.2.3\n",
    "01.2.3",
    "1.2.03",
    "1.2.3-01",
    "1.2.3-",
    "1.2.3-a..b",
    "1.2.3-ä",
    "1.2.3+build",
    "1.2.3-rc.1+5",
    "-1.2.3",
    "1.2.x",
    "latest",
    "１.2.3",
    "9007199254740992.0.0",
    "1.0.0-9007199254740993",
    `1.0.0-${"a".repeat(59)}`,
  ])("refuses %j", (text) => {
    expect(parseVersion(text)).toBeNull();
  });
});

describe("parseVersionWithBuild", () => {
  test.each(["1.0.0", "1.0.0+5", "1.0.0-rc.1+build.05.a-b", `1.0.0+${"a".repeat(58)}`])(
    "takes %s",
    (text) => {
      const plain = version(text.replace(/\+.*/, ""));
      const built = parseVersionWithBuild(text);
      expect(built && orderingKey(built)).toBe(orderingKey(plain));
    },
  );

  test.each([
    "1.0.0+",
    "1.0.0+a..b",
    "1.0.0+ä",
    "1.0.0+a+b",
    "v1.0.0+5",
    "1.0.0+5 ",
    "+5",
    `1.0.0+${"a".repeat(59)}`,
  ])("refuses %j", (text) => {
    expect(parseVersionWithBuild(text)).toBeNull();
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

import semver from "semver";
import { describe, expect, test } from "vitest";
import { inRange, parseRange } from "../../functions/kit/ranges.ts";
import { parseVersion } from "../../functions/kit/versions.ts";

function isIn(text: string, range: string, takesPrereleases = false): boolean {
  const [version, parsed] = [parseVersion(text), parseRange(range, takesPrereleases)];
  if (!version || !parsed) throw new Error(`${text} or ${range} was refused`);
  return inRange(version, parsed);
}

/** range | versions in it | versions outside */
const table = `
  >=0.0.3.0           | 0.0.3 0.0.3.0 0.0.3.1 1.0.0           | 0.0.2 0.0.2.9
  >=1.5.0             | 1.5.0.0 1.5.0.7 v1.5 1.5.1            | 1.4.9.9 1.4
  >1.5.0              | 1.5.0.1 1.5.1                         | 1.5.0 1.5.0.0
  <=1.5.0             | 1.5 1.4.9.9                           | 1.5.0.1
  <1.5.0.3            | 1.5.0.2 1.5.0                         | 1.5.0.3 1.5.1
  1.5.0               | 1.5 1.5.0.0 1.5.0+7                   | 1.5.0.1 1.5.1
  =1.5.0.3            | 1.5.0.3 v1.5.0.03                     | 1.5.0 1.5.0.4
  1.5.0.x             | 1.5.0 1.5.0.9                         | 1.5.1 1.4.9
  1.5                 | 1.5.0 1.5.9.9                         | 1.6.0 1.4.9.9
  ^1.2.3.4            | 1.2.3.4 1.2.4 1.9.0.1                 | 1.2.3 1.2.3.3 2.0.0
  ^0.2.3.4            | 0.2.3.4 0.2.9                         | 0.2.3 0.3.0
  ^0.0.3.4            | 0.0.3.4 0.0.3.9                       | 0.0.3.3 0.0.4
  ~1.2.3.4            | 1.2.3.4 1.2.9                         | 1.2.3.3 1.3.0
  ~>1.2               | 1.2.0 1.2.9.9                         | 1.3.0
  1.0.0.5 - 2.0.0.5   | 1.0.0.5 1.5.0 2.0.0.5                 | 1.0.0.4 2.0.0.6
  V1.0 - v2           | 1.0.0 2.9.9                           | 0.9.9 3.0.0
  >=2024.01.15        | 2024.1.15 2024.02.01                  | 2024.1.14
  >= 1.0.0.1 < 2      | 1.0.0.1 1.9                           | 1.0.0 2.0.0
  1.x || >=3.0.0.1    | 1.9.9 3.0.0.1                         | 2.0.0 3.0.0
  >=1.0.0-dev <2      | 1.0.0-dev 1.0.0-e 1.5.0               | 1.5.0-rc 1.0.0-a
  >=1.0.0.1-rc.1      | 1.0.0.1-rc.2 1.0.0.1 1.0.0.2          | 1.0.0.2-rc.1 1.0.0
  *                   | 0.0.0 1.2.3.4                         | 1.0.0-rc.1
  >*                  |                                       | 0.0.0 1.2.3.4
`;
const rows = table
  .trim()
  .split("\n")
  .map((row) => row.split(/ \| | \|$/).map((cell) => cell.trim()));

describe("ranges with up to four numbers", () => {
  test.each(rows.map(([range = "", within = "", outside = ""]) => [range, within, outside]))(
    "%s",
    (range, within, outside) => {
      for (const text of within.split(" ").filter(Boolean)) expect(isIn(text, range), text).toBe(true);
      for (const text of outside.split(" ").filter(Boolean)) expect(isIn(text, range), text).toBe(false);
    },
  );

  test.each([
    "latest",
    "1.2.3.4.5",
    ">=",
    "^",
    "1.0.0 -",
    "1 - 2 - 3",
    ">1 - 2",
    "1.0.0-ä",
    "x1",
    "9007199254740992",
    "1 |",
  ])("%s is none", (range) => {
    expect(parseRange(range, false)).toBeNull();
  });

  test.each(["", "  ", "*", "x", "||"])("%j is any release", (range) => {
    expect([isIn("0.0.0", range), isIn("9.9.9.9", range)]).toEqual([true, true]);
  });
});

test("three numbers: what node-semver reads is read, and means the same", () => {
  const random = generator(20261129);
  const seen = { read: 0, within: 0 };
  for (let round = 0; round < 40_000; round += 1) {
    const [range, version, takesPrereleases] = [randomRange(random), randomVersion(random), random(2) === 0];
    // Next to "any version", node-semver forgets the alternatives that name pre-releases.
    if (semver.validRange(range) === null || (range.includes("||") && semver.validRange(range) === "*"))
      continue;
    const expected = semver.satisfies(version, range, { includePrerelease: takesPrereleases });
    expect(isIn(version, range, takesPrereleases), `${version} in ${range}, ${takesPrereleases}`).toBe(
      expected,
    );
    seen.read += 1;
    if (expected) seen.within += 1;
  }
  expect(seen.read).toBeGreaterThan(20_000);
  expect(seen.within).toBeGreaterThan(5_000);
});

/** Repeatable pseudo-random integers below a bound. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Random = ReturnType<typeof generator>;
const pick = (random: Random, from: readonly string[]) => from[random(from.length)] ?? "0";
const tails = ["", "", "", "-rc.1", "-rc.2", "-0", "-a.b", "-rc.1+7", "+7"];
const digits = ["0", "0", "1", "2", "3"];

const randomVersion = (random: Random) =>
  `${pick(random, digits)}.${pick(random, digits)}.${pick(random, digits)}${pick(random, tails)}`;

function randomPattern(random: Random): string {
  const parts = Array.from({ length: 1 + random(3) }, () => pick(random, [...digits, "x", "*", "X"]));
  const isWhole = parts.length === 3 && !/[xX*]/.test(parts.join(""));
  return `${pick(random, ["", "", "", "v", "=", "v="])}${parts.join(".")}${isWhole ? pick(random, tails) : ""}`;
}

function randomRange(random: Random): string {
  const operators = ["", "", "^", "~", "~>", ">", "<", ">=", "<=", "=", ">= ", "^ ", "< "];
  const list = () =>
    random(5) === 0
      ? `${randomPattern(random)} - ${randomPattern(random)}`
      : Array.from(
          { length: 1 + random(2) },
          () => `${pick(random, operators)}${randomPattern(random)}`,
        ).join(" ");
  return Array.from({ length: 1 + random(2) }, list).join(pick(random, ["||", " || "]));
}

import { describe, expect, test } from "vitest";
import { cheapestWay } from "../../../functions/updates/planner/cheapest-way.ts";
import { connect, type Link, type Place } from "../../../functions/updates/planner/network.ts";
import { place, pseudoRandom, randomNetwork } from "./random-network.ts";

/** Packages as `patch@1.1<1.0:5`, `full@2.0:90`, `hotfix@1.0.5/exe:7`, `*` before a universal one; `^1.0` behind is the lowest version that may take it. */
function linksOf(text: string): Link[] {
  return text.split(" ").map((word, index) => {
    const [, universal, type, to = "", from, format = "zip", size, least] =
      /^(\*?)(\w+)@([^<:/^]+)(?:<([^:/^]+))?(?:\/([a-z]+))?:(\d+)(?:\^(.+))?$/.exec(word) ?? [];
    return {
      id: index,
      type: type as Link["type"],
      from: from === undefined ? null : place(from).version,
      to: place(to),
      format,
      isUniversal: universal === "*",
      size: Number(size),
      least: least === undefined ? "" : place(least).key,
    };
  });
}

function way(packages: string, start: string, goal: string, stepCost = 0): string {
  const steps = cheapestWay(connect(linksOf(packages)), place(start), place(goal), stepCost);
  return steps ? steps.map((link) => packages.split(" ")[link.id]).join(" ") : "none";
}

/** rule | what is published | from | to | the cheapest way */
const rules = `
  a patch is a step                              | full@2.0:90 patch@2.0<1.0:5                                  | 1.0   | 2.0   | patch@2.0<1.0:5
  patches make a chain                           | full@3.0:90 patch@2.0<1.0:5 patch@3.0<2.0:5                  | 1.0   | 3.0   | patch@2.0<1.0:5 patch@3.0<2.0:5
  ... unless the full package is smaller         | full@3.0:9 patch@2.0<1.0:5 patch@3.0<2.0:5                   | 1.0   | 3.0   | full@3.0:9
  ... or one patch is                            | patch@3.0<1.0:9 patch@2.0<1.0:5 patch@3.0<2.0:5              | 1.0   | 3.0   | patch@3.0<1.0:9
  a chain with a gap is none                     | patch@2.0<1.0:5 patch@4.0<3.0:5                              | 1.0   | 4.0   | none
  a full package may be the first step           | full@2.0:50 patch@3.0<2.0:5                                  | 1.0   | 3.0   | full@2.0:50 patch@3.0<2.0:5
  ... never of a version below                   | full@2.0:50 patch@3.0<2.0:5                                  | 2.5   | 3.0   | none
  hotfixes are steps of their line               | hotfix@2.0.5:1 patch@2.1<2.0.5:5                             | 2.0.3 | 2.1   | hotfix@2.0.5:1 patch@2.1<2.0.5:5
  ... and of no other                            | hotfix@2.0.5:1 patch@2.1<2.0.5:5                             | 1.0   | 2.1   | none
  ... also behind other steps                    | patch@2.0.1<1.0:5 hotfix@2.0.5:1                             | 1.0   | 2.0.5 | patch@2.0.1<1.0:5 hotfix@2.0.5:1
  of two hotfixes the newer counts               | hotfix@2.0.5:1 hotfix@2.0.5:7                                | 2.0.3 | 2.0.5 | hotfix@2.0.5:7
  ... also where one names the version           | hotfix@2.0.5<2.0.3:1 hotfix@2.0.5:7                          | 2.0.3 | 2.0.5 | hotfix@2.0.5:7
  ... whichever does                             | hotfix@2.0.5:1 hotfix@2.0.5<2.0.3:7                          | 2.0.3 | 2.0.5 | hotfix@2.0.5<2.0.3:7
  of several formats the first of the order      | patch@2.0<1.0/exe:1 patch@2.0<1.0:7                          | 1.0   | 2.0   | patch@2.0<1.0:7
  a step that is closed to its version is none   | patch@2.0<1.0:5 patch@3.0<2.0:5^2.1                          | 1.0   | 3.0   | none
  ... and open to a version high enough          | patch@2.0<1.0:5 patch@3.0<2.0:5^2.0                          | 1.0   | 3.0   | patch@2.0<1.0:5 patch@3.0<2.0:5^2.0
  a full package may be what opens the next one  | full@2.0:50 full@3.0:9^2.0 patch@3.1<3.0:5                     | 1.0   | 3.1   | full@2.0:50 full@3.0:9^2.0 patch@3.1<3.0:5
  a universal package is a step                  | *patch@2.0<1.0:5 patch@3.0<2.0:5                             | 1.0   | 3.0   | *patch@2.0<1.0:5 patch@3.0<2.0:5
  ... unless there is one for the arch           | *patch@2.0<1.0:5 patch@2.0<1.0/exe:9                         | 1.0   | 2.0   | patch@2.0<1.0/exe:9
  ... or a full package for the arch             | *full@2.0:9 *patch@2.0<1.0:5 *hotfix@2.0:1 full@2.0:90       | 1.0   | 2.0   | full@2.0:90
  ... of the same version                        | *patch@2.0<1.0:5 full@3.0:90 patch@3.0<2.0:5                 | 1.0   | 3.0   | *patch@2.0<1.0:5 patch@3.0<2.0:5
  a full package is closed to those below, too   | full@2.0:50^1.1 patch@3.0<2.0:5                              | 1.0   | 3.0   | none
`
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));

test.each(rules)("%s", (_rule, packages = "", start = "", goal = "", expected) => {
  expect(way(packages, start, goal)).toBe(expected);
});

test("what a step costs besides its bytes makes chains shorter", () => {
  const packages = "patch@2.0<1.0:5 patch@3.0<2.0:5 patch@3.0<1.0:12";
  expect(way(packages, "1.0", "3.0", 1)).toBe("patch@2.0<1.0:5 patch@3.0<2.0:5");
  expect(way(packages, "1.0", "3.0", 3)).toBe("patch@3.0<1.0:12");
});

describe("a chain has at most ten steps", () => {
  const chain = (length: number) =>
    Array.from({ length }, (_, index) => `patch@1.${index + 1}<1.${index}:1`).join(" ");

  test("ten are taken, eleven are not", () => {
    expect(way(chain(10), "1.0", "1.10").split(" ")).toHaveLength(10);
    expect(way(chain(11), "1.0", "1.11")).toBe("none");
  });

  test("a dearer way that is short enough is taken in the place of a longer one", () => {
    expect(way(`${chain(11)} patch@1.9<1.5:50`, "1.0", "1.11")).toContain("patch@1.9<1.5:50");
    expect(way(`${chain(11)} full@1.11:99`, "1.0", "1.11")).toBe("full@1.11:99");
  });
});

const FORMATS = ["zip", "exe", "other"];
const lineOf = (version: string) => version.split(".").slice(0, 2).join(".");

/** The packages that lead from one version to another, in plain words: one of each type. */
function between(links: Link[], from: Place, to: Place): Link[] {
  const leading = links.filter(
    (link) =>
      link.to.version === to.version &&
      from.key >= link.least &&
      (link.type === "full" ||
        link.from === from.version ||
        (link.from === null && lineOf(from.version) === lineOf(to.version))),
  );
  const own = leading.filter((link) => !link.isUniversal);
  const fitting = leading.filter(
    (link) => !link.isUniversal || !own.some(({ type }) => type === link.type || type === "full"),
  );
  const rank = (link: Link) => FORMATS.indexOf(link.format) * 1000 - link.id;
  return (["full", "patch", "hotfix"] as const).flatMap(
    (type) => fitting.filter((link) => link.type === type).toSorted((a, b) => rank(a) - rank(b))[0] ?? [],
  );
}

/** The least that any way costs, found by walking all of them. */
function leastCost(
  places: Place[],
  links: Link[],
  from: Place,
  to: Place,
  stepCost: number,
  steps = 10,
): number {
  if (from.version === to.version) return 0;
  if (steps === 0) return Infinity;
  const costs = places
    .filter((next) => next.key > from.key && next.key <= to.key)
    .flatMap((next) =>
      between(links, from, next).map(
        (link) => link.size + stepCost + leastCost(places, links, next, to, stepCost, steps - 1),
      ),
    );
  return Math.min(Infinity, ...costs);
}

test("on random networks no way is cheaper, and each step leads on from the one before", () => {
  const random = pseudoRandom(12);
  let chains = 0;
  for (let round = 0; round < 300; round++) {
    const { places, links } = randomNetwork(random);
    const [from, to] = [places[random(places.length - 1)] as Place, places.at(-1) as Place];
    const stepCost = random(30);
    const steps = cheapestWay(connect(links), from, to, stepCost);
    const expected = leastCost(places, links, from, to, stepCost);
    const cost = steps?.reduce((sum, link) => sum + link.size + stepCost, 0) ?? Infinity;
    expect(cost, `round ${round}`).toBe(expected);
    let at = from;
    for (const link of steps ?? []) {
      expect(between(links, at, link.to), `round ${round}`).toContain(link);
      at = link.to;
    }
    expect(steps === null ? to : at).toEqual(to);
    if ((steps?.length ?? 0) > 1) chains++;
  }
  expect(chains).toBeGreaterThan(30);
});

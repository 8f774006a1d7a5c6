import { describe, expect, test } from "vitest";
import { tooComplex } from "../../../functions/plugins/resolver/resolve-plugins.ts";
import { RESOLVER_LIMITS } from "../../../functions/plugins/resolver/solver/limits.ts";
import type {
  Reason,
  Registry,
  RegistryPlugin,
  ResolveRequest,
} from "../../../functions/plugins/resolver/solver/registry.ts";
import { resolve } from "../../../functions/plugins/resolver/solver/resolve.ts";
import { bruteForce, type VersionSet } from "./brute.ts";
import { randomCase, registryOf, requestOf, seeded, withNewer } from "./cases.ts";

const CASES = 5_000;

/** The plan or the conflict: what is asked here is within all limits. */
function answerTo(registry: Registry, request: ResolveRequest) {
  const resolution = resolve(registry, request);
  if ("exceeded" in resolution) throw new Error(JSON.stringify(resolution));
  return resolution;
}

function setOf(registry: Registry, request: ResolveRequest): VersionSet | null {
  const resolution = answerTo(registry, request);
  if ("conflict" in resolution) return null;
  return Object.fromEntries(resolution.plan.map(({ name, version }) => [name, version]));
}

function planOf(registry: Registry, request: ResolveRequest): string[] {
  const resolution = answerTo(registry, request);
  if ("conflict" in resolution) throw new Error(JSON.stringify(resolution.conflict));
  return resolution.plan.map(({ name, version }) => `${name}@${version}`);
}

function conflictOf(registry: Registry, request: ResolveRequest): Reason[] {
  const resolution = answerTo(registry, request);
  if ("plan" in resolution) throw new Error("there is a solution");
  return resolution.conflict;
}

const namesOf = (registry: Map<string, RegistryPlugin>, { installed }: ResolveRequest) => [
  ...new Set([...registry.keys(), ...installed.keys()]),
];

test(`agrees with trying everything on ${CASES} small registries`, () => {
  let conflicts = 0;
  for (let seed = 0; seed < CASES; seed++) {
    const { registry, request } = randomCase(seeded(seed));
    const found = setOf(registry, request);
    expect(found, `seed ${seed}`).toEqual(bruteForce(registry, request, namesOf(registry, request)));
    if (!found) conflicts++;
  }
  expect(conflicts).toBeGreaterThan(CASES / 5);
  expect(conflicts).toBeLessThan(CASES / 2);
}, 120_000);

/** A problem that consists of some reasons alone. */
function problemOf(
  reasons: readonly Reason[],
  registry: Map<string, RegistryPlugin>,
  request: ResolveRequest,
) {
  const of = <K extends Reason["kind"]>(kind: K) =>
    reasons.filter((reason): reason is Extract<Reason, { kind: K }> => reason.kind === kind);
  const says = (kind: "disabled" | "unknown", name: string) =>
    of(kind).some((reason) => reason.plugin === name);
  const isOff = (name: string) => says("disabled", name);
  const isGone = (name: string) => says("unknown", name);
  const dependencies = of("dependency");
  // What is disabled or missing in truth, and for no reason that is left, is there and in any range.
  const isFree = (name: string) =>
    registry.get(name)?.isEnabled !== true && !isGone(name) && !request.installed.has(name);
  const plugins = [...registry]
    .filter(([name]) => !isFree(name))
    .map(([name, plugin]) => {
      const versions = plugin.versions.map((version) => {
        const has = (one: { by: string; versions: string[] }) =>
          one.by === name && one.versions.includes(version.version);
        const needed = dependencies.filter((one) => has(one) && !(isFree(one.plugin) && !isOff(one.plugin)));
        return {
          ...version,
          isDeprecated: false,
          dependencies: Object.fromEntries(needed.map((one) => [one.plugin, one.range])),
          engines: Object.fromEntries(
            of("engine")
              .filter(has)
              .map((one) => [one.engine, one.range]),
          ),
          sha256: of("integrity").some(has) ? "altered" : "right",
        };
      });
      return [name, { isEnabled: true, versions }] as const;
    });
  const wanted = of("requested").filter((one) => !(isFree(one.plugin) && !isOff(one.plugin)));
  const altered = new Set(of("integrity").map((one) => one.by));
  const offs = of("disabled").map((one) => [one.plugin, { isEnabled: false, versions: [] }] as const);
  return {
    registry: new Map<string, RegistryPlugin>([...plugins, ...offs]),
    request: requestOf(Object.fromEntries(wanted.map((one) => [one.plugin, one.range])), {
      installed: Object.fromEntries(of("installed").map((one) => [one.plugin, one.version])),
      engines: Object.fromEntries(request.engines),
      integrity: Object.fromEntries([...altered].map((name) => [name, "right"])),
    }),
  };
}

test("the reasons of a conflict are enough, and none of them can be left out", () => {
  let looked = 0;
  for (let seed = 10_000; looked < 400; seed++) {
    const { registry, request } = randomCase(seeded(seed));
    // A version of one's own is there for the reason that it is installed: those are looked at below.
    if ([...request.installed].some(([name, version]) => !isPublished(registry, name, version))) continue;
    const resolution = answerTo(registry, request);
    if ("plan" in resolution) continue;
    looked++;
    const trial = (reasons: Reason[]) => {
      const problem = problemOf(reasons, registry, request);
      return bruteForce(problem.registry, problem.request, namesOf(problem.registry, problem.request));
    };
    const { conflict } = resolution;
    expect(trial(conflict), `seed ${seed}`).toBeNull();
    for (const reason of conflict) {
      expect(
        trial(conflict.filter((one) => one !== reason)),
        `seed ${seed}: ${JSON.stringify(reason)}`,
      ).not.toBeNull();
    }
  }
}, 120_000);

function isPublished(registry: Registry, name: string, version: string): boolean {
  const plugin = registry.get(name);
  return plugin?.isEnabled === true && plugin.versions.some((one) => one.version === version);
}

test("the lock of an answer gives the same answer when there are newer versions", () => {
  for (let seed = 20_000; seed < 20_500; seed++) {
    const { registry, request } = randomCase(seeded(seed));
    const resolution = answerTo(registry, request);
    if ("conflict" in resolution) continue;
    const install = new Map(resolution.plan.map(({ name, version }) => [name, version]));
    const shas = resolution.plan.flatMap(({ name, published }) =>
      published ? [[name, published.sha256] as const] : [],
    );
    const lock = { ...request, install, integrity: new Map(shas) };
    const newer = withNewer(registry);
    expect(resolve(registry, lock), `seed ${seed}`).toEqual(resolution);
    expect(resolve(newer, lock), `seed ${seed}`).toEqual(resolution);
  }
});

test("plugins come after what they depend on; those that depend on each other, by name", () => {
  const registry = registryOf({
    "com.app": { "1.0.0": { needs: { "com.z": "*", "com.b": "*" } } },
    "com.b": { "1.0.0": { needs: { "com.c": "*" } } },
    "com.c": { "1.0.0": { needs: { "com.a": "*", "com.z": "*" } } },
    "com.a": { "1.0.0": { needs: { "com.b": "*" } } },
    "com.z": { "1.0.0": {} },
  });
  const plan = ["com.z@1.0.0", "com.a@1.0.0", "com.b@1.0.0", "com.c@1.0.0", "com.app@1.0.0"];
  expect(planOf(registry, requestOf({ "com.app": "*" }))).toEqual(plan);
  expect(planOf(registry, requestOf({ "com.c": "*", "com.app": "*" }))).toEqual(plan);
});

test("a chain of dependencies may be as long as a set may be large", () => {
  const length = RESOLVER_LIMITS.plugins;
  const nameOf = (index: number) => `com.p${index}`;
  const chain = Array.from({ length }, (_, index) => {
    const needs: Record<string, string> = index + 1 < length ? { [nameOf(index + 1)]: "^1" } : {};
    return [nameOf(index), { "1.0.0": { needs, deprecated: index % 2 === 0 } }] as const;
  });
  const plan = planOf(registryOf(Object.fromEntries(chain)), requestOf({ [nameOf(0)]: "*" }));
  expect(plan).toEqual(chain.map(([name]) => `${name}@1.0.0`).toReversed());
});

describe("the best set", () => {
  const registry = registryOf({
    "com.app": {
      "2.0.0": { needs: { "com.lib": "^2" } },
      "1.0.0": { needs: { "com.lib": "^1" } },
    },
    "com.lib": {
      "3.0.0-beta.1": {},
      "2.1.0": { deprecated: true },
      "2.0.0": { deprecated: true },
      "1.5.0": {},
      "1.0.0": {},
    },
    "com.tool": { "1.0.0": {} },
  });

  test.each<[string, ResolveRequest, string[]]>([
    ["has nothing deprecated if it can", requestOf({ "com.app": "*" }), ["com.lib@1.5.0", "com.app@1.0.0"]],
    [
      "has deprecated versions where nothing else fits",
      requestOf({ "com.app": "2.x" }),
      ["com.lib@2.1.0", "com.app@2.0.0"],
    ],
    [
      "keeps what is installed",
      requestOf({ "com.app": "1.x" }, { installed: { "com.lib": "1.0.0" } }),
      ["com.lib@1.0.0", "com.app@1.0.0"],
    ],
    [
      "changes what is installed where it must",
      requestOf({ "com.app": "2.x" }, { installed: { "com.lib": "1.0.0" } }),
      ["com.lib@2.1.0", "com.app@2.0.0"],
    ],
    [
      "has the newest of what is asked for",
      requestOf({ "com.lib": "1.x" }, { installed: { "com.lib": "1.0.0" } }),
      ["com.lib@1.5.0"],
    ],
    [
      "has pre-releases for ranges that name one",
      requestOf({ "com.lib": ">=3.0.0-alpha" }),
      ["com.lib@3.0.0-beta.1"],
    ],
    [
      "has versions of one's own",
      requestOf({ "com.app": "1.x" }, { installed: { "com.lib": "1.6.0", "com.mine": "0.1.0" } }),
      ["com.lib@1.6.0", "com.app@1.0.0", "com.mine@0.1.0"],
    ],
    [
      "keeps what is installed and was deprecated since",
      requestOf({ "com.app": "2.x" }, { installed: { "com.lib": "2.0.0" } }),
      ["com.lib@2.0.0", "com.app@2.0.0"],
    ],
    [
      "keeps it when something else is asked for",
      requestOf({ "com.tool": "*" }, { installed: { "com.lib": "2.1.0" } }),
      ["com.lib@2.1.0", "com.tool@1.0.0"],
    ],
  ])("%s", (_, request, plan) => expect(planOf(registry, request)).toEqual(plan));

  test("has, of a plugin that is deprecated as a whole, a version with a mark of its own last", () => {
    const old = registryOf({
      "com.old": {
        "3.0.0": { deprecated: true },
        "2.0.0": { deprecated: true, unmarked: true },
        "1.0.0": { deprecated: true, unmarked: true },
      },
    });
    expect(planOf(old, requestOf({ "com.old": "*" }))).toEqual(["com.old@2.0.0"]);
    expect(planOf(old, requestOf({ "com.old": ">2" }))).toEqual(["com.old@3.0.0"]);
  });

  test("leaves what is installed of a disabled plugin as it is, whoever needs it", () => {
    const off = registryOf(
      { "com.app": { "1.0.0": { needs: { "com.off": "^1" } } }, "com.off": { "1.5.0": {}, "1.0.0": {} } },
      ["com.off"],
    );
    const installed = { "com.off": "1.0.0" };
    expect(planOf(off, requestOf({ "com.app": "*" }, { installed }))).toEqual([
      "com.off@1.0.0",
      "com.app@1.0.0",
    ]);
    expect(planOf(off, requestOf({}, { installed }))).toEqual(["com.off@1.0.0"]);
    expect(planOf(off, requestOf({ "com.off": "1.0.0" }, { installed }))).toEqual(["com.off@1.0.0"]);
    expect(conflictOf(off, requestOf({ "com.off": ">1" }, { installed }))).toEqual([
      { kind: "requested", plugin: "com.off", range: ">1", hasNone: false },
      { kind: "disabled", plugin: "com.off" },
    ]);
  });
});

test("names of engines have no case, and their versions a fourth number", () => {
  const registry = registryOf({
    "com.a": {
      "3.0.0": { engines: { microdock: ">=9.0.0" } },
      "2.0.0": { engines: { microdock: ">=1.5.0.2", Other: ">=1" } },
      "1.0.0": { engines: { MICRODOCK: ">=0.0.3.0" } },
    },
  });
  const plan = (engines: Record<string, string>, installed: Record<string, string> = {}) =>
    planOf(registry, requestOf({ "com.a": "*" }, { engines, installed }));
  expect(plan({ MicroDock: "1.5.0" })).toEqual(["com.a@1.0.0"]);
  expect(plan({ MicroDock: "v1.5.0.2", OTHER: "0.9" })).toEqual(["com.a@1.0.0"]);
  expect(plan({ MicroDock: "1.5.0.2" })).toEqual(["com.a@2.0.0"]);
  expect(plan({ microDock: "9" }, { "com.mine": "1.2.3.4" })).toEqual(["com.a@3.0.0", "com.mine@1.2.3.4"]);
  expect(resolve(registry, requestOf({ "com.a": ">=3" }, { engines: { MicroDock: "1.5.0" } }))).toMatchObject(
    {
      conflict: expect.arrayContaining([expect.objectContaining({ engine: "microdock", actual: "1.5.0" })]),
    },
  );
});

describe("a conflict says", () => {
  const registry = registryOf(
    {
      "com.a": {
        "2.0.0": { needs: { "com.c": ">=2" }, engines: { MicroDock: ">=2" } },
        "1.0.0": { needs: { "com.c": "^2" } },
      },
      "com.b": { "1.2.0": { needs: { "com.c": "<1" } }, "1.1.0": {} },
      "com.c": { "2.0.0": {}, "0.9.0": {} },
      "com.off": { "1.0.0": {} },
      "com.lost": { "1.0.0": { needs: { "com.gone": "*" } } },
      "com.early": { "1.0.0-rc.2": {}, "1.0.0-rc.1": {} },
      "com.eager": { "1.0.0": { needs: { "com.early": "1.x" } } },
      "com.z": { "1.0.0": { needs: { "com.m": "*" } } },
      "com.m": { "1.0.0": { needs: { "com.b": "^1.2", "com.off": "*" } } },
      "com.y": { "1.0.0": {} },
    },
    ["com.off"],
  );
  const requested = (plugin: string, range: string, hasNone = false) => ({
    kind: "requested",
    plugin,
    range,
    hasNone,
  });

  test.each<[string, ResolveRequest, unknown[]]>([
    [
      "who wants what",
      requestOf({ "com.a": "^1", "com.b": "^1.2" }, { installed: { "com.lost": "2.0.0" } }),
      [
        requested("com.a", "^1"),
        requested("com.b", "^1.2"),
        {
          kind: "dependency",
          by: "com.a",
          versions: ["1.0.0"],
          plugin: "com.c",
          range: "^2",
          hasNone: false,
        },
        {
          kind: "dependency",
          by: "com.b",
          versions: ["1.2.0"],
          plugin: "com.c",
          range: "<1",
          hasNone: false,
        },
      ],
    ],
    [
      "which engine is too old",
      requestOf({ "com.a": "2.x" }, { engines: { MicroDock: "1.0.0", Other: "1.0.0" } }),
      [
        requested("com.a", "2.x"),
        {
          kind: "engine",
          by: "com.a",
          versions: ["2.0.0"],
          engine: "MicroDock",
          range: ">=2",
          actual: "1.0.0",
        },
      ],
    ],
    [
      "what is disabled",
      requestOf({ "com.off": "1.x" }),
      [requested("com.off", "1.x"), { kind: "disabled", plugin: "com.off" }],
    ],
    ["that no version is in a range", requestOf({ "com.b": "^9" }), [requested("com.b", "^9", true)]],
    [
      "what there is not",
      requestOf({ "com.lost": "*" }),
      [
        requested("com.lost", "*"),
        {
          kind: "dependency",
          by: "com.lost",
          versions: ["1.0.0"],
          plugin: "com.gone",
          range: "*",
          hasNone: false,
        },
        { kind: "unknown", plugin: "com.gone" },
      ],
    ],
    [
      "that there are only pre-releases",
      requestOf({ "com.early": "^1" }),
      [{ ...requested("com.early", "^1", true), prerelease: "1.0.0-rc.2" }],
    ],
    [
      "that a dependency has only pre-releases",
      requestOf({ "com.eager": "*" }),
      [
        requested("com.eager", "*"),
        {
          kind: "dependency",
          by: "com.eager",
          versions: ["1.0.0"],
          plugin: "com.early",
          range: "1.x",
          hasNone: true,
          prerelease: "1.0.0-rc.2",
        },
      ],
    ],
    [
      "from the request outwards who leads to it",
      requestOf({ "com.z": "*", "com.y": "*" }),
      [
        requested("com.z", "*"),
        { kind: "dependency", by: "com.z", versions: ["1.0.0"], plugin: "com.m", range: "*", hasNone: false },
        {
          kind: "dependency",
          by: "com.m",
          versions: ["1.0.0"],
          plugin: "com.off",
          range: "*",
          hasNone: false,
        },
        { kind: "disabled", plugin: "com.off" },
      ],
    ],
    [
      "what was altered",
      requestOf({ "com.b": "1.1.0" }, { integrity: { "com.b": "another" } }),
      [requested("com.b", "1.1.0"), { kind: "integrity", by: "com.b", versions: ["1.1.0"] }],
    ],
  ])("%s", (_, request, reasons) => expect(conflictOf(registry, request)).toEqual(reasons));
});

describe("bounds", () => {
  /** More plugins than there are places for, each of which takes any place. */
  function pigeons(count: number) {
    const indexes = [...Array(count).keys()];
    const places = indexes.slice(1).map((place) => {
      const versions = indexes.map((index) => [`${index + 1}.0.0`, {}]);
      return [`com.place${place}`, Object.fromEntries(versions) as Record<string, object>] as const;
    });
    const takers = indexes.map((index) => {
      const versions = places.map(([place], at) => [
        `${at + 1}.0.0`,
        { needs: { [place]: `${index + 1}.0.0` } },
      ]);
      return [`com.taker${index}`, Object.fromEntries(versions) as Record<string, object>] as const;
    });
    const install = Object.fromEntries(takers.map(([name]) => [name, "*"]));
    return { registry: registryOf(Object.fromEntries([...places, ...takers])), request: requestOf(install) };
  }

  function refusal(registry: Registry, request: ResolveRequest) {
    const resolution = resolve(registry, request);
    if (!("exceeded" in resolution)) return null;
    const { code, params } = tooComplex(resolution);
    return { code, reason: params.reason };
  }

  test("what needs too many steps is refused", () => {
    const { registry, request } = pigeons(16);
    expect(refusal(registry, request)).toEqual({
      code: "RESOLUTION_TOO_COMPLEX",
      reason: "resolve.tooManySteps",
    });
  });

  test("what fits is found however many ways there are that do not", () => {
    const { registry, request } = pigeons(16);
    const install = new Map([...request.install].slice(1));
    expect(planOf(registry, { ...request, install })).toHaveLength(30);
  });

  test("sets of too many plugins are refused", () => {
    const needs = Object.fromEntries(
      Array.from({ length: RESOLVER_LIMITS.plugins }, (_, index) => [`com.p${index}`, "*"]),
    );
    const parts = Object.keys(needs).map((name) => [name, { "1.0.0": {} }]);
    const registry = registryOf({ "com.all": { "1.0.0": { needs } }, ...Object.fromEntries(parts) });
    const answer = { code: "RESOLUTION_TOO_COMPLEX", reason: "resolve.tooManyPlugins" };
    expect(refusal(registry, requestOf({ "com.all": "*" }))).toEqual(answer);
  });

  test("many deprecated versions that have to be chosen between are no search through all combinations", () => {
    const triples = Array.from({ length: 60 }, (_, index) => {
      const [either, or] = [`com.e${index}`, `com.o${index}`];
      return {
        [`com.p${index}`]: { "2.0.0": { needs: { [either]: "*" } }, "1.0.0": { needs: { [or]: "*" } } },
        [either]: { "1.0.0": { deprecated: true } },
        [or]: { "1.0.0": { deprecated: true } },
      };
    });
    const install = Object.fromEntries(triples.map((_, index) => [`com.p${index}`, "*"]));
    const plan = planOf(registryOf(Object.assign({}, ...triples)), requestOf(install));
    expect(plan.filter((one) => one.startsWith("com.p") && one.endsWith("@2.0.0"))).toHaveLength(60);
  });
});

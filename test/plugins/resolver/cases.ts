import type {
  Registry,
  RegistryPlugin,
  ResolveRequest,
} from "../../../functions/plugins/resolver/solver/registry.ts";

type VersionFields = {
  needs?: Record<string, string>;
  engines?: Record<string, string>;
  deprecated?: boolean;
  /** Of a plugin that is deprecated as a whole. */
  unmarked?: boolean;
  sha256?: string;
};

/** A registry in few words: name -> version -> what it needs; `off` are disabled. */
export function registryOf(
  plugins: Record<string, Record<string, VersionFields>>,
  off: readonly string[] = [],
): Map<string, RegistryPlugin> {
  return new Map(
    Object.entries(plugins).map(([name, versions]) => [
      name,
      {
        isEnabled: !off.includes(name),
        versions: Object.entries(versions).map(([version, fields]) => ({
          version,
          isDeprecated: fields.deprecated ?? false,
          isMarked: fields.deprecated === true && fields.unmarked !== true,
          size: 10,
          sha256: fields.sha256 ?? `sha of ${name}@${version}`,
          dependencies: fields.needs ?? {},
          engines: fields.engines ?? {},
        })),
      },
    ]),
  );
}

export function requestOf(
  install: Record<string, string>,
  rest: Partial<Record<"installed" | "engines" | "integrity", Record<string, string>>> = {},
): ResolveRequest {
  const { installed = {}, engines = {}, integrity = {} } = rest;
  const [a, b, c, d] = [install, installed, engines, integrity].map(
    (fields) => new Map(Object.entries(fields)),
  );
  return {
    install: a ?? new Map(),
    installed: b ?? new Map(),
    engines: c ?? new Map(),
    integrity: d ?? new Map(),
  };
}

/** Numbers that are the same in each run. Source: mulberry32. */
export function seeded(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    chance: (probability: number) => next() < probability,
    below: (limit: number) => Math.floor(next() * limit),
    of: <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T,
  };
}

type Random = ReturnType<typeof seeded>;

const numbers = ["3.0.0-beta.1", "2.1.0", "2.0.0", "2.0.0-rc.1", "1.2.0", "1.1.0", "1.0.0", "0.1.0"];
const ranges = [
  "*",
  "*",
  "^1",
  "^2",
  "<2",
  ">=1.1",
  ">=1",
  "1.0.0",
  "1.x || 2.1",
  "^2.0.0-rc.1",
  ">=3.0.0-beta.1",
];
const names = ["com.a", "com.b", "com.c", "com.d", "com.e"];

/** A small registry of any kind, and a request for it. */
export function randomCase(random: Random): {
  registry: Map<string, RegistryPlugin>;
  request: ResolveRequest;
} {
  const count = random.of([1, 2, 3, 3, 4, 4, 4, 5]);
  const used = names.slice(0, count);
  const most = count === names.length ? 3 : 4;
  const someone = () => (random.chance(0.02) ? "com.nobody" : random.of(used));
  const fields = (density: number, isDeprecated: boolean): VersionFields => ({
    needs: random.chance(density)
      ? Object.fromEntries(Array.from({ length: 1 + random.below(2) }, () => [someone(), random.of(ranges)]))
      : {},
    engines: random.chance(0.2) ? { [random.of(["Host", "Other"])]: random.of(ranges) } : {},
    deprecated: isDeprecated || random.chance(deprecation),
    unmarked: isDeprecated && random.chance(0.5),
  });
  const density = random.of([0.3, 0.6, 0.9]);
  const deprecation = random.of([0.1, 0.3, 0.7]);
  const plugins = used.map((name) => {
    const versions = numbers.filter(() => random.chance(0.6)).slice(0, most);
    const isDeprecated = random.chance(0.1);
    return [
      name,
      Object.fromEntries(versions.map((version) => [version, fields(density, isDeprecated)])),
    ] as const;
  });
  const some = (probability: number) => used.filter(() => random.chance(probability));
  const registry = registryOf(Object.fromEntries(plugins), some(0.05));
  const install = Object.fromEntries(some(0.4).map((name) => [name, random.of(ranges)]));
  const installed = Object.fromEntries(
    [...some(0.3), ...(random.chance(0.05) ? ["com.own"] : [])].map((name) => [name, random.of(numbers)]),
  );
  const engines: Record<string, string> = random.chance(0.5)
    ? { Host: random.of(["1.0.0", "2.0.0", "2.0.0-rc.1", "3.1.0"]) }
    : {};
  const target = random.of(used);
  const sha256 = registry.get(target)?.versions[0]?.sha256 ?? "another";
  const integrity: Record<string, string> = random.chance(0.1)
    ? { [target]: random.chance(0.5) ? sha256 : "another" }
    : {};
  return { registry, request: requestOf(install, { installed, engines, integrity }) };
}

/** The same with some versions that are newer than all before, for whoever asks again. */
export function withNewer(
  registry: Registry & Iterable<[string, RegistryPlugin]>,
): Map<string, RegistryPlugin> {
  return new Map(
    [...registry].map(([name, plugin]) => {
      const sha256 = `sha of ${name}@9.0.0`;
      const newer = {
        version: "9.0.0",
        isDeprecated: false,
        isMarked: false,
        size: 1,
        sha256,
        dependencies: {},
        engines: {},
      };
      return [name, { ...plugin, versions: [newer, ...plugin.versions] }];
    }),
  );
}

import type { RegistryPlugin, RegistryVersion } from "../../functions/plugins/resolver/solver/registry.ts";

export const PLUGINS = 2_000;
/** Every plugin has these five versions, newest first. */
const VERSIONS = ["2.1.0", "2.0.0", "1.2.0", "1.1.0", "1.0.0"];
/** A plugin depends on one of the 300 plugins before it, or on one of the first 40, which many have in common. */
const REACH = 300;
const COMMON = 40;

export const pluginName = (index: number) => `com.example.plugin${index}`;

/**
 * Makes a registry that is the same in each run.
 * @param needs the most dependencies that a version has
 * @param loose share of ranges that any later version satisfies; the others allow only one major version
 * @param deprecated share of versions that are deprecated
 */
export function makeRegistry(options: {
  needs: number;
  loose: number;
  deprecated: number;
}): Map<string, RegistryPlugin> {
  const random = numbers(7);
  const dependencyOf = (index: number): [string, string] => {
    const target =
      random() < 0.4 ? random() * Math.min(COMMON, index) : index - 1 - random() * Math.min(REACH, index);
    const version = VERSIONS[Math.floor(random() * VERSIONS.length)] ?? "1.0.0";
    return [
      pluginName(Math.max(0, Math.floor(target))),
      `${random() < options.loose ? ">=" : "^"}${version}`,
    ];
  };
  const versionsOf = (index: number) =>
    VERSIONS.map((version) => {
      const count = index === 0 ? 0 : Math.floor(random() * (options.needs + 1));
      const dependencies = Object.fromEntries(Array.from({ length: count }, () => dependencyOf(index)));
      return versionOf(index, version, dependencies, random() < options.deprecated);
    });
  return new Map(
    Array.from({ length: PLUGINS }, (_, index) => [
      pluginName(index),
      { isEnabled: true, versions: versionsOf(index) },
    ]),
  );
}

/**
 * A registry with one more plugin than places, where each plugin fits any place. No search by cases comes to an end on it.
 */
export function makeTrap(places: number): { registry: Map<string, RegistryPlugin>; names: string[] } {
  const indexes = [...Array(places + 1).keys()];
  const of = (prefix: string, index: number, versions: RegistryVersion[]) =>
    [`com.${prefix}${index}`, { isEnabled: true, versions }] as const;
  const kept = indexes.slice(1).map((place) =>
    of(
      "place",
      place,
      indexes.map((index) => versionOf(index, `${index + 1}.0.0`, {}, false)),
    ),
  );
  const takers = indexes.map((index) =>
    of(
      "taker",
      index,
      kept.map(([place], at) => versionOf(at, `${at + 1}.0.0`, { [place]: `${index + 1}.0.0` }, false)),
    ),
  );
  return { registry: new Map([...kept, ...takers]), names: takers.map(([name]) => name) };
}

function versionOf(
  index: number,
  version: string,
  dependencies: Record<string, string>,
  isDeprecated: boolean,
): RegistryVersion {
  const sha256 = `${index}${version.replaceAll(".", "")}`.padStart(64, "0");
  return {
    version,
    isDeprecated,
    isMarked: isDeprecated,
    size: 1000 + index,
    sha256,
    dependencies,
    engines: { MicroDock: ">=1.0.0" },
  };
}

/** Random numbers from 0 to 1, by a multiplicative generator (Park and Miller, 1988). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

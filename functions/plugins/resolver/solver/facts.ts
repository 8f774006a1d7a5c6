import { difference, isEmpty, union, type Choices } from "./choices.ts";
import { candidatesWhere, only, type Plugin, type Universe } from "./universe.ts";

/** The reason for a rule, for people. */
type About =
  | { kind: "requested"; plugin: Plugin; range: string; matching: Choices; prerelease?: string | undefined }
  | { kind: "installed"; plugin: Plugin; version: string }
  | {
      kind: "dependency";
      by: Plugin;
      versions: Choices;
      plugin: Plugin;
      range: string;
      matching: Choices;
      prerelease?: string | undefined;
    }
  | { kind: "engine"; by: Plugin; versions: Choices; engine: string; range: string; actual: string }
  | { kind: "integrity"; by: Plugin; versions: Choices }
  | { kind: "disabled" | "unknown"; plugin: Plugin };

/** Choices for some plugins that must not all be made together. */
export type Forbidden = readonly (readonly [Plugin, Choices])[];

/** A rule of the request or the registry. */
export type Fact = { about: About; forbidden: Forbidden };

/** What the request itself demands. */
export function requestFacts(universe: Universe): Fact[] {
  const { install, installed } = universe.request;
  const wanted = [...install].map(([name, range]): Fact => {
    const plugin = universe.plugin(name);
    const matching = universe.matching(plugin, range);
    const forbidden = [[plugin, difference(plugin.everything, matching)] as const];
    const prerelease = isEmpty(matching) ? universe.prereleaseOf(plugin, range) : undefined;
    return { about: { kind: "requested", plugin, range, matching, prerelease }, forbidden };
  });
  const present = [...installed]
    .filter(([name]) => !install.has(name))
    .map(([name, version]): Fact => {
      const plugin = universe.plugin(name);
      return { about: { kind: "installed", plugin, version }, forbidden: [[plugin, plugin.absent]] };
    });
  return [...wanted, ...present];
}

/** What holds for the versions of a plugin. */
export function pluginFacts(universe: Universe, plugin: Plugin): Fact[] {
  if (plugin.state !== "offered") {
    return [{ about: { kind: plugin.state, plugin }, forbidden: [[plugin, plugin.phantom]] }];
  }
  const facts: Fact[] = [];
  const { integrity } = universe.request;
  const sha256 = integrity.get(plugin.name);
  const altered = candidatesWhere(
    plugin,
    ({ published }) => sha256 !== undefined && published !== null && published.sha256 !== sha256,
  );
  if (!isEmpty(altered)) facts.push(versionsFact({ kind: "integrity", by: plugin, versions: altered }));
  for (const [engine, range, versions] of grouped(plugin, "engines")) {
    if (universe.engines.fit(engine, range)) continue;
    const actual = universe.engines.versionOf(engine) ?? "";
    facts.push(versionsFact({ kind: "engine", by: plugin, versions, engine, range, actual }));
  }
  for (const [name, range, versions] of grouped(plugin, "dependencies")) {
    const needed = universe.plugin(name);
    const matching = universe.matching(needed, range);
    const prerelease = isEmpty(matching) ? universe.prereleaseOf(needed, range) : undefined;
    const about = { kind: "dependency", by: plugin, versions, plugin: needed, range, matching } as const;
    facts.push(versionsFact({ ...about, prerelease }));
  }
  return facts;
}

/** A fact that is about some versions of a plugin. */
export function versionsFact(about: Extract<About, { versions: Choices }>): Fact {
  const { by, versions } = about;
  if (about.kind !== "dependency") return { about, forbidden: [[by, versions]] };
  const { plugin, matching } = about;
  if (plugin === by) return { about, forbidden: [[by, difference(versions, matching)]] };
  const missing = difference(plugin.everything, matching);
  return {
    about,
    forbidden: [
      [by, versions],
      [plugin, missing],
    ],
  };
}

/** The versions of a plugin by what they need. */
function grouped(plugin: Plugin, needs: "dependencies" | "engines"): [string, string, Choices][] {
  const groups = new Map<string, [string, string, Choices]>();
  for (const [index, { published }] of plugin.candidates.entries()) {
    const version = only(plugin, index);
    for (const [name, range] of Object.entries(published?.[needs] ?? {})) {
      const key = `${name}\n${range}`;
      groups.set(key, [name, range, union(groups.get(key)?.[2] ?? version, version)]);
    }
  }
  return [...groups.values()];
}

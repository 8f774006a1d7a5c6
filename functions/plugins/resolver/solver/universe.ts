import { keyInRange, parseRange, type Range } from "../../../kit/ranges.ts";
import { orderingKey, parseVersion } from "../../../kit/versions.ts";
import { choicesOf, intersection, lowest, meets, union, type Choices } from "./choices.ts";
import { EngineVersions } from "./engines.ts";
import { spend, type Meter } from "./limits.ts";
import type { Registry, RegistryVersion, ResolveRequest } from "./registry.ts";

type Candidate = {
  version: string;
  /** Sorts as the version does. */
  key: string;
  /** The key of the release itself, or of the release that a pre-release precedes. */
  releaseKey: string;
  published: RegistryVersion | null;
  /** What it depends on by name, once somebody has asked. */
  needed?: readonly Plugin[];
};

/**
 * A plugin as the search sees it. Its possible outcomes are numbers: those of its candidates, and the highest for "not in
 * the set".
 */
export type Plugin = {
  name: string;
  /** Newest first, versions that are marked as deprecated themselves last; empty where there is none to choose. */
  candidates: readonly Candidate[];
  state: "offered" | "disabled" | "unknown";
  /**
   * Stands for the versions that the plugin would have if it were offered, so that what forbids them can be a rule like any
   * other.
   */
  phantom: Choices;
  absent: Choices;
  /** Both. */
  everything: Choices;
  deprecated: Choices;
  /** The installed version, where it should be kept if possible; otherwise nothing. */
  kept: Choices;
  matches: Map<string, Choices>;
};

/** The plugin's candidates that meet a condition. */
export function candidatesWhere(plugin: Plugin, condition: (candidate: Candidate) => boolean): Choices {
  const { candidates, everything } = plugin;
  const numbers = candidates.flatMap((candidate, index) => (condition(candidate) ? [index] : []));
  return choicesOf(everything.length * 32, numbers);
}

/** The preferred candidate among `choices`: the version to be kept, otherwise the newest. */
export function preferred({ kept }: Plugin, choices: Choices): number {
  return lowest(meets(choices, kept) ? intersection(choices, kept) : choices);
}

/** Just one candidate of a plugin. */
export const only = ({ everything }: Plugin, index: number): Choices =>
  choicesOf(everything.length * 32, [index]);

/** Reads plugins when they are first asked for, and each version and range once. */
export class Universe {
  readonly request: ResolveRequest;
  readonly engines: EngineVersions;
  readonly #registry: Registry;
  readonly #meter: Meter;
  readonly #plugins = new Map<string, Plugin>();
  readonly #ranges = new Map<string, Range | null>();

  constructor(registry: Registry, request: ResolveRequest, meter: Meter) {
    this.#registry = registry;
    this.request = request;
    this.engines = new EngineVersions(request.engines);
    this.#meter = meter;
  }

  plugin(name: string): Plugin {
    const known = this.#plugins.get(name);
    if (known) return known;
    const plugin = this.#read(name);
    this.#plugins.set(name, plugin);
    return plugin;
  }

  /** The plugins that a candidate depends on, by name. */
  needed(plugin: Plugin, index: number): readonly Plugin[] {
    const candidate = plugin.candidates[index];
    if (!candidate) return [];
    const names = () => Object.keys(candidate.published?.dependencies ?? {}).toSorted();
    return (candidate.needed ??= names().map((name) => this.plugin(name)));
  }

  /** The versions of a plugin that are in a range: a pre-release only where the range names one of its release. */
  matching(plugin: Plugin, range: string): Choices {
    let choices = plugin.matches.get(range);
    if (choices === undefined) {
      spend(this.#meter, plugin.candidates.length);
      const parsed = this.#range(range);
      const fitting = candidatesWhere(
        plugin,
        ({ key, releaseKey }) => parsed !== null && keyInRange(key, key === releaseKey, parsed),
      );
      choices = union(fitting, plugin.phantom);
      plugin.matches.set(range, choices);
    }
    return choices;
  }

  /** The newest pre-release of a version that would be in a range as a release. */
  prereleaseOf(plugin: Plugin, range: string): string | undefined {
    const parsed = this.#range(range);
    return plugin.candidates.find(
      ({ key, releaseKey }) => key !== releaseKey && parsed !== null && keyInRange(releaseKey, true, parsed),
    )?.version;
  }

  #range(text: string): Range | null {
    let range = this.#ranges.get(text);
    if (range === undefined) {
      range = parseRange(text, false);
      this.#ranges.set(text, range);
    }
    return range;
  }

  #read(name: string): Plugin {
    const found = this.#registry.get(name);
    const installed = this.request.installed.get(name);
    const state = found ? (found.isEnabled ? "offered" : "disabled") : installed ? "offered" : "unknown";
    // Of a disabled plugin, only the installed version can be chosen.
    const offered = state === "offered" ? (found?.versions ?? []) : [];
    const candidates = bestFirst(
      withInstalled(
        offered.map((published) => candidateOf(published.version, published)),
        installed,
      ),
    );
    spend(this.#meter, candidates.length);
    const count = candidates.length + (state === "offered" ? 0 : 1);
    const numbers = [...Array(count + 1).keys()];
    const choices = (isIn: (index: number) => boolean) => choicesOf(count + 1, numbers.filter(isIn));
    const isKept = installed !== undefined && !this.request.install.has(name);
    const kept = isKept ? positionOf(candidates, installed) : -1;
    return {
      name,
      candidates,
      state,
      phantom: choices((index) => index >= candidates.length && index < count),
      absent: choices((index) => index === count),
      everything: choices(() => true),
      // An installed version that stays was chosen by nobody, so its deprecation does not count.
      deprecated: choices((index) => index !== kept && candidates[index]?.published?.isDeprecated === true),
      kept: choices((index) => index === kept),
      matches: new Map(),
    };
  }
}

function candidateOf(version: string, published: RegistryVersion | null): Candidate {
  const parsed = parseVersion(version);
  if (!parsed) throw new Error(`${version} is no version`);
  const releaseKey = orderingKey({ ...parsed, prerelease: [] });
  return { version, key: orderingKey(parsed), releaseKey, published };
}

/** Adds the installed version where the registry does not know it. */
function withInstalled(candidates: Candidate[], installed: string | undefined): Candidate[] {
  if (installed === undefined || positionOf(candidates, installed) >= 0) return candidates;
  return [...candidates, candidateOf(installed, null)];
}

function bestFirst(candidates: Candidate[]): Candidate[] {
  const marked = ({ published }: Candidate) => (published?.isMarked ? 1 : 0);
  return candidates.toSorted((a, b) => marked(a) - marked(b) || (a.key < b.key ? 1 : a.key > b.key ? -1 : 0));
}

/** The position of a version; spelling and build metadata make no difference. */
function positionOf(candidates: Candidate[], version: string): number {
  const own = candidateOf(version, null);
  return candidates.findIndex(({ key }) => key === own.key);
}

import Range from "semver/classes/range.js";
import SemVer from "semver/classes/semver.js";
import { choicesOf, intersection, lowest, meets, union, type Choices } from "./choices.ts";
import { spend, type Meter } from "./limits.ts";
import type { Registry, RegistryVersion, ResolveRequest } from "./registry.ts";

type Candidate = {
  version: string;
  parsed: SemVer;
  published: RegistryVersion | null;
  /** What it depends on by name, once somebody has asked. */
  needed?: readonly Plugin[];
};

/** A plugin as the search sees it. What may become of it is a number: a candidate's, or above them all "not in the set". */
export type Plugin = {
  name: string;
  /** Newest first, those with a mark of their own last; empty where there is none to be had. */
  candidates: readonly Candidate[];
  state: "offered" | "disabled" | "unknown";
  /** What stands for the versions that a plugin would have if it were offered, so that what forbids it is a rule like others. */
  phantom: Choices;
  absent: Choices;
  /** Both. */
  everything: Choices;
  deprecated: Choices;
  /** The installed version where it is to be kept if possible, else nothing. */
  kept: Choices;
  matches: Map<string, Choices>;
};

/** Those of a plugin's candidates that are chosen by a condition. */
export function candidatesWhere(plugin: Plugin, condition: (candidate: Candidate) => boolean): Choices {
  const { candidates, everything } = plugin;
  const numbers = candidates.flatMap((candidate, index) => (condition(candidate) ? [index] : []));
  return choicesOf(everything.length * 32, numbers);
}

/** The candidate that is preferred among `choices`: the kept version, else the newest. */
export function preferred({ kept }: Plugin, choices: Choices): number {
  return lowest(meets(choices, kept) ? intersection(choices, kept) : choices);
}

/** Just one candidate of a plugin. */
export const only = ({ everything }: Plugin, index: number): Choices =>
  choicesOf(everything.length * 32, [index]);

/** Plugins as they are asked for, with their versions and ranges read once. */
export class Universe {
  readonly request: ResolveRequest;
  readonly #registry: Registry;
  readonly #meter: Meter;
  readonly #plugins = new Map<string, Plugin>();
  readonly #ranges = new Map<string, Range | null>();
  readonly #engines = new Map<string, boolean>();

  constructor(registry: Registry, request: ResolveRequest, meter: Meter) {
    this.#registry = registry;
    this.request = request;
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

  /** The versions of a plugin that are in a range, as node-semver has it. */
  matching(plugin: Plugin, range: string): Choices {
    let choices = plugin.matches.get(range);
    if (choices === undefined) {
      spend(this.#meter, plugin.candidates.length);
      const parsed = this.#range(range);
      const fitting = candidatesWhere(plugin, (candidate) => parsed?.test(candidate.parsed) ?? false);
      choices = union(fitting, plugin.phantom);
      plugin.matches.set(range, choices);
    }
    return choices;
  }

  /** The newest pre-release of what would be in a range as a release. */
  prereleaseOf(plugin: Plugin, range: string): string | undefined {
    const parsed = this.#range(range);
    return plugin.candidates.find(
      ({ parsed: { prerelease, major, minor, patch } }) =>
        prerelease.length > 0 && parsed?.test(`${major}.${minor}.${patch}`),
    )?.version;
  }

  /** Whether a range holds for the engine of this name, as far as the request names it; a pre-release counts as its release line. */
  engineFits(engine: string, range: string): boolean {
    const version = this.request.engines.get(engine);
    if (version === undefined) return true;
    const key = `${engine}\n${range}`;
    let fits = this.#engines.get(key);
    if (fits === undefined) {
      fits = readRange(range, true)?.test(version) ?? false;
      this.#engines.set(key, fits);
    }
    return fits;
  }

  #range(text: string): Range | null {
    let range = this.#ranges.get(text);
    if (range === undefined) {
      range = readRange(text, false);
      this.#ranges.set(text, range);
    }
    return range;
  }

  #read(name: string): Plugin {
    const found = this.#registry.get(name);
    const installed = this.request.installed.get(name);
    const state = found ? (found.isEnabled ? "offered" : "disabled") : installed ? "offered" : "unknown";
    // Of a disabled plugin there is what is installed, and nothing else.
    const offered = state === "offered" ? (found?.versions ?? []) : [];
    const candidates = bestFirst(withInstalled(offered.map(candidateOf), installed));
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
      // What is installed and stays is nobody's choice.
      deprecated: choices((index) => index !== kept && candidates[index]?.published?.isDeprecated === true),
      kept: choices((index) => index === kept),
      matches: new Map(),
    };
  }
}

const candidateOf = (published: RegistryVersion): Candidate => ({
  version: published.version,
  parsed: new SemVer(published.version),
  published,
});

/** With the installed version, where the registry does not know it. */
function withInstalled(candidates: Candidate[], installed: string | undefined): Candidate[] {
  if (installed === undefined || positionOf(candidates, installed) >= 0) return candidates;
  return [...candidates, { version: installed, parsed: new SemVer(installed), published: null }];
}

function bestFirst(candidates: Candidate[]): Candidate[] {
  const marked = ({ published }: Candidate) => (published?.isMarked ? 1 : 0);
  return candidates.toSorted((a, b) => marked(a) - marked(b) || b.parsed.compare(a.parsed));
}

/** Where a version is; build metadata does not tell versions apart. */
const positionOf = (candidates: Candidate[], version: string) =>
  candidates.findIndex(({ parsed }) => parsed.compare(version) === 0);

/** Null for a text that is no range. */
function readRange(text: string, includePrerelease: boolean): Range | null {
  try {
    return new Range(text, { includePrerelease });
  } catch {
    return null;
  }
}

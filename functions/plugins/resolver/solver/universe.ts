import Range from "semver/classes/range.js";
import SemVer from "semver/classes/semver.js";
import { choicesOf, lowest, meets, intersection, type Choices } from "./choices.ts";
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
  /** Newest first; empty where the registry has none to offer. */
  candidates: readonly Candidate[];
  state: "offered" | "disabled" | "unknown";
  /** All versions. A plugin that nobody offers has a phantom, so that what forbids it is a rule like others. */
  versions: Choices;
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
    if (plugin.state !== "offered") return plugin.versions;
    let choices = plugin.matches.get(range);
    if (choices === undefined) {
      spend(this.#meter, plugin.candidates.length);
      const parsed = this.#range(range);
      choices = candidatesWhere(plugin, (candidate) => parsed?.test(candidate.parsed) ?? false);
      plugin.matches.set(range, choices);
    }
    return choices;
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
    const candidates =
      state === "offered" ? withInstalled(newestFirst(found?.versions ?? []), installed) : [];
    spend(this.#meter, candidates.length);
    const count = state === "offered" ? candidates.length : 1;
    const numbers = [...Array(count + 1).keys()];
    const choices = (isIn: (index: number) => boolean) => choicesOf(count + 1, numbers.filter(isIn));
    const isKept = installed !== undefined && !this.request.install.has(name);
    const kept = isKept ? positionOf(candidates, installed) : -1;
    return {
      name,
      candidates,
      state,
      versions: choices((index) => index < count),
      absent: choices((index) => index === count),
      everything: choices(() => true),
      deprecated: choices((index) => candidates[index]?.published?.isDeprecated === true),
      kept: choices((index) => index === kept),
      matches: new Map(),
    };
  }
}

function newestFirst(versions: readonly RegistryVersion[]): Candidate[] {
  return versions
    .map((published) => ({ version: published.version, parsed: new SemVer(published.version), published }))
    .toSorted((a, b) => b.parsed.compare(a.parsed));
}

/** With the installed version in its place, where the registry does not know it. */
function withInstalled(candidates: Candidate[], installed: string | undefined): Candidate[] {
  if (installed === undefined || positionOf(candidates, installed) >= 0) return candidates;
  const own = { version: installed, parsed: new SemVer(installed), published: null };
  const place = candidates.findIndex(({ parsed }) => parsed.compare(own.parsed) < 0);
  return candidates.toSpliced(place < 0 ? candidates.length : place, 0, own);
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

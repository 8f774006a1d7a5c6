import satisfies from "semver/functions/satisfies.js";
import compare from "semver/functions/compare.js";
import type {
  Registry,
  RegistryVersion,
  ResolveRequest,
} from "../../../functions/plugins/resolver/solver/registry.ts";

/** Plugin name to version. */
export type VersionSet = Record<string, string>;

type Choice = { version: string; published: RegistryVersion | null };

/** The best valid set in the words of resolve()'s description, by trying all combinations. Null where none is valid. */
export function bruteForce(
  registry: Registry,
  request: ResolveRequest,
  names: readonly string[],
): VersionSet | null {
  const choices = names.map((name) => [null, ...choicesOf(registry, request, name)]);
  let best: Map<string, Choice> | null = null;
  for (const combination of product(choices)) {
    const set = new Map(
      names.flatMap((name, index) => (combination[index] ? [[name, combination[index]]] : [])),
    );
    if (isValid(set, request) && (!best || isBetter(set, best, request))) best = set;
  }
  return best && Object.fromEntries([...best].map(([name, { version }]) => [name, version]));
}

function choicesOf(registry: Registry, request: ResolveRequest, name: string): Choice[] {
  const plugin = registry.get(name);
  const offered = plugin?.isEnabled ? plugin.versions : [];
  const choices: Choice[] = offered.map((published) => ({
    version: published.version,
    published,
  }));
  const installed = request.installed.get(name);
  if (installed !== undefined && !choices.some(({ version }) => version === installed)) {
    choices.push({ version: installed, published: null });
  }
  return choices;
}

function* product<T>(lists: readonly (readonly T[])[]): Generator<T[]> {
  const [first, ...rest] = lists;
  if (!first) return yield [];
  for (const tail of product(rest)) for (const value of first) yield [value, ...tail];
}

const answers = new Map<string, boolean>();
function inRange(version: string, range: string, includePrerelease = false): boolean {
  const key = `${version}|${range}|${includePrerelease}`;
  const known = answers.get(key) ?? satisfies(version, range, { includePrerelease });
  answers.set(key, known);
  return known;
}

function isValid(set: Map<string, Choice>, request: ResolveRequest): boolean {
  const wanted = [...request.install].every(([name, range]) => {
    const choice = set.get(name);
    return choice !== undefined && inRange(choice.version, range);
  });
  if (!wanted || ![...request.installed.keys()].every((name) => set.has(name))) return false;
  for (const [name, { version, published }] of set) {
    if (!published) continue;
    const sha256 = request.integrity.get(name);
    if (sha256 !== undefined && published.sha256 !== sha256) return false;
    for (const [engine, range] of Object.entries(published.engines)) {
      const actual = request.engines.get(engine);
      if (actual !== undefined && !inRange(actual, range, true)) return false;
    }
    for (const [needed, range] of Object.entries(published.dependencies)) {
      const choice = set.get(needed);
      if (!choice || !inRange(choice.version, range)) return false;
    }
    if (version === "") return false;
  }
  return inOrder(set, request).length === set.size;
}

/** The required plugins of a set in the order in which sets are compared. */
function inOrder(set: Map<string, Choice>, request: ResolveRequest): string[] {
  const order = [
    ...new Set([...[...request.install.keys()].toSorted(), ...[...request.installed.keys()].toSorted()]),
  ];
  for (let index = 0; index < order.length; index++) {
    const needed = Object.keys(set.get(order[index] ?? "")?.published?.dependencies ?? {}).toSorted();
    order.push(...needed.filter((name) => !order.includes(name)));
  }
  return order;
}

function isBetter(a: Map<string, Choice>, b: Map<string, Choice>, request: ResolveRequest): boolean {
  const keptOf = (name: string) => (request.install.has(name) ? undefined : request.installed.get(name));
  const deprecated = (set: Map<string, Choice>) =>
    [...set].filter(([name, one]) => one.published?.isDeprecated && one.version !== keptOf(name)).length;
  if (deprecated(a) !== deprecated(b)) return deprecated(a) < deprecated(b);
  for (const name of inOrder(a, request)) {
    const [one, other] = [a.get(name), b.get(name)];
    const [mine, theirs] = [one?.version ?? "", other?.version ?? ""];
    if (mine === theirs) continue;
    if (mine === keptOf(name) || theirs === keptOf(name)) return mine === keptOf(name);
    const [isMarked, isOtherMarked] = [
      one?.published?.isMarked ?? false,
      other?.published?.isMarked ?? false,
    ];
    return isMarked === isOtherMarked ? compare(mine, theirs) > 0 : isOtherMarked;
  }
  return false;
}

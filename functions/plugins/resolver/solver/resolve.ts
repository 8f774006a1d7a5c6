import { Budgets } from "./budgets.ts";
import { intersection, isSubset, union, type Choices } from "./choices.ts";
import { explain } from "./explain.ts";
import { pluginFacts, requestFacts, type Fact } from "./facts.ts";
import { installOrder } from "./install-order.ts";
import { OutOfSteps, RESOLVER_LIMITS, type Limits } from "./limits.ts";
import { Order, type Chosen } from "./order.ts";
import type { Registry, Resolution, ResolveRequest } from "./registry.ts";
import type { Nogood, Origin } from "./proofs.ts";
import { Search } from "./search.ts";
import { only, preferred, Universe, type Plugin } from "./universe.ts";

/**
 * The newest set of versions that satisfies a request.
 *
 * A set is valid when
 * - it has every plugin of `install`, at a version in the range wanted, and every plugin of `installed`, each at one version;
 * - every dependency of a version in it is in it, at a version in the range;
 * - every engine range of a version in it holds, as far as the request names the engine, in any case (a pre-release of an
 *   engine counts as its release line);
 * - a plugin that `integrity` names has a version with that SHA-256;
 * - nothing of a disabled plugin is in it but what is installed of it, and nothing that is not required, directly or not, by
 *   the request.
 * Ranges are node-semver's, with up to four numbers: a pre-release is only in a range that names one of its release. An
 * installed version that the registry does not know, or whose plugin is disabled, is a version like others, without
 * requirements of its own.
 *
 * Of the valid sets, the best has the fewest deprecated versions; what is only in `installed` and stays as it is does not
 * count. Of these, plugins are compared one by one: those of `install` by name, the others of `installed` by name, then
 * breadth first what their versions require, by name for each version. The first plugin at which two sets differ decides:
 * the newer version is better, those with a mark of their own are worse than all others (where a whole plugin is
 * deprecated, some versions have one), except that a plugin that is only in `installed` is best at its installed version.
 *
 * @returns the plan in install order, or a minimal set of reasons why there is none: without any one of them, the others
 * leave a solution; or the limit that stood in the way of an answer
 */
export function resolve(
  registry: Registry,
  request: ResolveRequest,
  limits: Limits = RESOLVER_LIMITS,
): Resolution {
  try {
    const found = new Solver(registry, request, limits).solve();
    if (Array.isArray(found)) return { conflict: explain(found, limits) };
    if (found.size > limits.plugins) return { exceeded: "plugins", limit: limits.plugins };
    return { plan: installOrder(found) };
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
    return { exceeded: "steps", limit: limits.steps };
  }
}

class Solver {
  readonly #universe: Universe;
  readonly #search: Search;
  readonly #budgets = new Budgets();
  /** The plugins whose facts the search has been given. */
  readonly #loaded = new Set<Plugin>();

  constructor(registry: Registry, request: ResolveRequest, limits: Limits) {
    const meter = { left: limits.steps };
    this.#universe = new Universe(registry, request, meter);
    this.#search = new Search(meter);
  }

  /** The best set, or the facts that rule out every set. */
  solve(): Chosen | Fact[] {
    for (const fact of requestFacts(this.#universe)) {
      this.#search.keep(this.#search.nogood(fact.forbidden, fact));
    }
    for (;;) {
      const outcome = this.#settle() ?? this.#walk();
      if (outcome instanceof Map) return outcome;
      const assumed = outcome.filter((origin) => "assumption" in origin);
      if (assumed.length === 0) return outcome.filter((origin) => "about" in origin);
      this.#budgets.raise(assumed);
      this.#search.restart();
    }
  }

  /** Finds out, before anything is decided, what is required in any case and which of that must be deprecated. */
  #settle(): Origin[] | null {
    const search = this.#search;
    for (let [seen, news] = [0, true]; news;) {
      const conflict = search.propagate();
      if (conflict) return search.learn(conflict);
      const [plugins, length] = search.concluded(seen);
      for (const plugin of plugins) if (search.isRequired(plugin)) this.#load(plugin);
      [seen, news] = [length, search.hasNews];
    }
    for (const plugin of this.#loaded) {
      if (isSubset(search.left(plugin), plugin.deprecated)) this.#budgets.allow(plugin);
      this.#budgets.apply(search, plugin);
    }
    return null;
  }

  /** Decides plugins in their order, trying the preferred version first. So the first set that is found is the best. */
  #walk(): Chosen | Origin[] {
    const search = this.#search;
    const order = new Order(this.#universe);
    for (;;) {
      const conflict = search.propagate() ?? this.#budgets.enforce(search);
      if (conflict) {
        const origins = search.learn(conflict);
        if (origins) return origins;
        order.back(search.level);
        continue;
      }
      if (search.hasNews) continue;
      const plugin = order.current;
      if (!plugin) return order.chosen(search);
      if (this.#load(plugin)) {
        this.#budgets.apply(search, plugin);
        continue;
      }
      const left = search.left(plugin);
      const index = preferred(plugin, left);
      const choice = only(plugin, index);
      if (isSubset(left, choice)) order.advance(plugin, index);
      else {
        order.mark();
        search.decide(plugin, choice);
      }
    }
  }

  /** Gives the search the facts of a plugin. @returns whether they are new to it */
  #load(plugin: Plugin): boolean {
    if (this.#loaded.has(plugin)) return false;
    this.#loaded.add(plugin);
    const needs = new Map<Plugin, { versions: Choices; missing: Choices; causes: Nogood[] }>();
    for (const fact of pluginFacts(this.#universe, plugin)) {
      const nogood = this.#search.nogood(fact.forbidden, fact);
      this.#search.keep(nogood);
      const [[, versions] = [], [needed, missing] = []] = fact.forbidden;
      if (!versions || !needed || !missing) continue;
      const need = needs.get(needed) ?? { versions, missing, causes: [] };
      need.causes.push(nogood);
      need.versions = union(need.versions, versions);
      need.missing = intersection(need.missing, missing);
      needs.set(needed, need);
    }
    // A dependency that several versions have with different ranges is required in any case; the search, which looks at one
    // fact at a time, would not see that.
    for (const [needed, { versions, missing, causes }] of needs) {
      const forbidden = [[plugin, versions] as const, [needed, missing] as const];
      if (causes.length > 1) this.#search.keep(this.#search.nogood(forbidden, null, causes));
    }
    return true;
  }
}

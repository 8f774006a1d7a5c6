import { isEmpty, isSubset, meets } from "./choices.ts";
import type { Assumption, Nogood } from "./proofs.ts";
import type { Search } from "./search.ts";
import type { Plugin } from "./universe.ts";

/** At most `bound` of the members may be deprecated: a bound that has been proved to be needed. */
type Group = Assumption & { bound: number; members: readonly Plugin[] };

/**
 * The fewest deprecated versions, from below: at first each plugin may not be deprecated at all. A proof that this cannot be
 * names groups whose bounds are too low together: they become one group, whose bound is one more than the sum of theirs.
 * No set of versions has fewer than all bounds together, and one that keeps to them has exactly so many.
 * Source: core-guided optimisation with disjoint cores (Heras, Morgado and Marques-Silva, 2011).
 */
export class Budgets {
  readonly #groups = new Map<Plugin, Group>();
  /** Groups that some but not all members of may be deprecated. */
  #shared: readonly Group[] = [];

  /** Lets a plugin be deprecated that must be. */
  allow(plugin: Plugin): void {
    if ((this.#groups.get(plugin)?.bound ?? 0) > 0) return;
    this.#groups.set(plugin, { assumption: true, bound: 1, members: [plugin] });
  }

  /** Puts a plugin under its bound. */
  apply(search: Search, plugin: Plugin): void {
    if (isEmpty(plugin.deprecated)) return;
    const group = this.#groups.get(plugin) ?? { assumption: true, bound: 0, members: [plugin] };
    this.#groups.set(plugin, group);
    if (group.bound === 0) search.keep(search.nogood([[plugin, plugin.deprecated]], group));
  }

  /** Takes deprecated versions away where a bound is reached. @returns a nogood that holds as a whole, or null. */
  enforce(search: Search): Nogood | null {
    for (const group of this.#shared) {
      const { bound, members } = group;
      const isUsed = (plugin: Plugin) => isSubset(search.left(plugin), plugin.deprecated);
      const used = members.filter(isUsed).slice(0, bound);
      if (used.length < bound) continue;
      for (const member of members) {
        if (used.includes(member) || !meets(search.left(member), member.deprecated)) continue;
        const forbidden = [...used, member].map((plugin) => [plugin, plugin.deprecated] as const);
        const nogood = search.nogood(forbidden, group);
        if (search.conclude(nogood)) return nogood;
      }
    }
    return null;
  }

  /** Raises the bound of groups that cannot keep to theirs together. */
  raise(groups: readonly Assumption[]): void {
    const merged = [...new Set(this.#groups.values())].filter((group) => groups.includes(group));
    const members = merged.flatMap((group) => group.members);
    const bound = merged.reduce((sum, group) => sum + group.bound, 1);
    const group: Group = { assumption: true, bound, members };
    for (const member of members) this.#groups.set(member, group);
    const rest = this.#shared.filter((other) => !merged.includes(other));
    this.#shared = members.length > bound ? [...rest, group] : rest;
  }
}

import { isEmpty, isSubset, meets } from "./choices.ts";
import type { Assumption, Nogood } from "./proofs.ts";
import type { Search } from "./search.ts";
import type { Plugin } from "./universe.ts";

/** At most `bound` of the members may be deprecated. The bound was proved to be necessary. */
type Group = Assumption & { bound: number; members: readonly Plugin[] };

/**
 * Finds the fewest deprecated versions, from below. At first no plugin may be deprecated. A proof that this is impossible
 * names groups whose bounds are too low together. They are joined into one group, whose bound is the sum of theirs plus one.
 * No set of versions has fewer deprecated ones than all bounds together, so a set that keeps to the bounds has the fewest.
 * Source: core-guided optimisation with disjoint cores (Heras, Morgado and Marques-Silva, 2011).
 */
export class Budgets {
  readonly #groups = new Map<Plugin, Group>();
  /** Groups of which some members, but not all, may be deprecated. */
  #shared: readonly Group[] = [];

  /** Allows a plugin to be deprecated that has to be. */
  allow(plugin: Plugin): void {
    if ((this.#groups.get(plugin)?.bound ?? 0) > 0) return;
    this.#groups.set(plugin, { assumption: true, bound: 1, members: [plugin] });
  }

  /** Holds a plugin to the bound of its group, which is 0 at first. */
  apply(search: Search, plugin: Plugin): void {
    if (isEmpty(plugin.deprecated)) return;
    const group = this.#groups.get(plugin) ?? { assumption: true, bound: 0, members: [plugin] };
    this.#groups.set(plugin, group);
    if (group.bound === 0) search.keep(search.nogood([[plugin, plugin.deprecated]], group));
  }

  /** Excludes the deprecated versions of a group whose bound is reached. @returns a nogood that is fully true, or null */
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

  /** Joins groups that cannot keep to their bounds together, with a bound that is one higher. */
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

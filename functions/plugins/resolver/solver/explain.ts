import { choicesOf, difference, isEmpty, isSubset, lowest, numbersOf, type Choices } from "./choices.ts";
import { versionsFact, type Fact } from "./facts.ts";
import { OutOfSteps, type Limits, type Meter } from "./limits.ts";
import type { Reason } from "./registry.ts";
import { outwards } from "./outwards.ts";
import { Search } from "./search.ts";
import { only, type Plugin } from "./universe.ts";

/**
 * The fewest of some facts that still rule out every solution: without any one of them, or any version that one of them is
 * about, there is a solution. Where finding them takes too many steps, the best set found by then.
 */
export function explain(facts: readonly Fact[], { steps }: Limits): Reason[] {
  const meter = { left: steps };
  let core = [...facts];
  const attempt = (smaller: Fact[]) => {
    const proof = refute(smaller, meter);
    if (proof) core = smaller.filter((fact) => proof.has(fact));
    return proof !== null;
  };
  try {
    for (const fact of facts) {
      if (core.includes(fact)) attempt(core.filter((other) => other !== fact));
    }
    for (const fact of core.slice())
      narrow(fact, (wider, narrower) => attempt(replaced(core, wider, narrower)));
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
  }
  return outwards(core.map(reasonOf));
}

const replaced = (facts: readonly Fact[], old: Fact, by: Fact) =>
  facts.map((fact) => (fact === old ? by : fact));

/**
 * Removes versions from a fact as long as `attempt` says that the rest is still enough: first many at once, then one by one.
 */
function narrow(fact: Fact, attempt: (wider: Fact, narrower: Fact) => boolean): void {
  const { about } = fact;
  if (!("versions" in about)) return;
  let [current, versions] = [fact, about.versions];
  for (let size = numbersOf(versions).length >> 1; size >= 1; size >>= 1) {
    const numbers = numbersOf(versions);
    for (let start = 0; start < numbers.length; start += size) {
      const chunk = choicesOf(versions.length * 32, numbers.slice(start, start + size));
      const rest = difference(versions, chunk);
      if (isEmpty(rest)) continue;
      const narrower = versionsFact({ ...about, versions: rest });
      if (attempt(current, narrower)) [current, versions] = [narrower, rest];
    }
  }
}

/** The facts among these by which a proof rules out every solution, or null where they leave one. */
function refute(facts: readonly Fact[], meter: Meter): Set<unknown> | null {
  const search = new Search(meter);
  for (const fact of facts) search.keep(search.nogood(fact.forbidden, fact));
  for (;;) {
    const conflict = search.propagate();
    if (conflict) {
      const origins = search.learn(conflict);
      if (origins) return new Set(origins);
      continue;
    }
    const open = search.plugins.find((plugin) => search.isRequired(plugin) && !isDecided(search, plugin));
    if (!open) return null;
    search.decide(open, only(open, lowest(search.left(open))));
  }
}

function isDecided(search: Search, plugin: Plugin): boolean {
  const left = search.left(plugin);
  return isSubset(left, only(plugin, lowest(left)));
}

function reasonOf({ about }: Fact): Reason {
  switch (about.kind) {
    case "requested": {
      const { kind, plugin, range, matching, prerelease } = about;
      const hasNone = isEmpty(matching);
      return { kind, plugin: plugin.name, range, hasNone, ...(prerelease && { prerelease }) };
    }
    case "installed":
      return { ...about, plugin: about.plugin.name };
    case "dependency": {
      const { kind, by, range, plugin, matching, prerelease } = about;
      const versions = versionsOf(by, about.versions);
      const wanted = { plugin: plugin.name, range, hasNone: isEmpty(matching) };
      return { kind, by: by.name, versions, ...wanted, ...(prerelease && { prerelease }) };
    }
    case "engine":
      return { ...about, by: about.by.name, versions: versionsOf(about.by, about.versions) };
    case "integrity":
      return { ...about, by: about.by.name, versions: versionsOf(about.by, about.versions) };
    case "disabled":
    case "unknown":
      return { kind: about.kind, plugin: about.plugin.name };
  }
}

const versionsOf = (plugin: Plugin, choices: Choices) =>
  numbersOf(choices).map((index) => plugin.candidates[index]?.version ?? "");

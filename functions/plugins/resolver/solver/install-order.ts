import type { ChosenVersion } from "./registry.ts";

type Visit = { name: string; next: number; dependencies: string[] };

/**
 * Orders the versions of a set so that each comes after those that it depends on; versions that depend on each other are
 * ordered by name. Nothing but the set decides the order. Source: Tarjan's strongly connected components, 1972.
 */
export function installOrder(chosen: ReadonlyMap<string, ChosenVersion>): ChosenVersion[] {
  const order: ChosenVersion[] = [];
  const numbers = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const lower = (name: string, number: number) =>
    lowest.set(name, Math.min(lowest.get(name) ?? number, number));

  const enter = (name: string): Visit => {
    numbers.set(name, numbers.size);
    lower(name, numbers.size - 1);
    open.push(name);
    isOpen.add(name);
    const dependencies = Object.keys(chosen.get(name)?.published?.dependencies ?? {});
    return { name, next: 0, dependencies: dependencies.filter((one) => chosen.has(one)).toSorted() };
  };
  const leave = (name: string) => {
    if (lowest.get(name) !== numbers.get(name)) return;
    const component = open.splice(open.lastIndexOf(name)).toSorted();
    for (const member of component) {
      isOpen.delete(member);
      const version = chosen.get(member);
      if (version) order.push(version);
    }
  };

  for (const start of [...chosen.keys()].toSorted()) {
    // The stack is our own, because chains of dependencies may be longer than the engine's call stack is deep.
    const visits = numbers.has(start) ? [] : [enter(start)];
    for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
      const dependency = visit.dependencies[visit.next++];
      if (dependency === undefined) {
        visits.pop();
        leave(visit.name);
        const caller = visits.at(-1);
        if (caller) lower(caller.name, lowest.get(visit.name) ?? 0);
      } else if (!numbers.has(dependency)) visits.push(enter(dependency));
      else if (isOpen.has(dependency)) lower(visit.name, numbers.get(dependency) ?? 0);
    }
  }
  return order;
}

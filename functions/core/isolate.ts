import type { Deps } from "./deps.ts";

/** State that lives as long as an isolate's dependencies: caches and sums, never the only place of anything. */
export function perIsolate<T, D extends object = Deps>(create: (deps: D) => T): (deps: D) => T {
  const states = new WeakMap<D, T>();
  return (deps) => {
    const existing = states.get(deps);
    if (existing !== undefined) return existing;
    const state = create(deps);
    states.set(deps, state);
    return state;
  };
}

import type { Ctx } from "../core/context.ts";

type Listener = (ctx: Ctx) => void;

const listeners = new Set<Listener>();

/**
 * Has `listener` called after software, versions or packages were changed in this isolate. Each cache of them registers
 * itself once.
 */
export function whenReleasesChange(listener: Listener): void {
  listeners.add(listener);
}

/** Makes this isolate's caches forget what they know of software, versions and packages. */
export function releasesChanged(ctx: Ctx): void {
  for (const listener of listeners) listener(ctx);
}

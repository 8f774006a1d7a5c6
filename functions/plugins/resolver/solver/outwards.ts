import type { Reason } from "./registry.ts";

const kinds = ["requested", "installed", "dependency", "engine", "integrity", "disabled", "unknown"];

/**
 * The plugin whose versions a reason is about: the one that wants something, or that cannot be had. Null for what the
 * request itself wants.
 */
export function subjectOf(reason: Reason): string | null {
  if ("by" in reason) return reason.by;
  return reason.kind === "disabled" || reason.kind === "unknown" ? reason.plugin : null;
}

/**
 * Sorts reasons from the request outwards: first what the request wants, then, plugin by plugin, what each needs and what is
 * wrong with it.
 */
export function outwards(reasons: readonly Reason[]): Reason[] {
  const keyOf = (reason: Reason) => `${kinds.indexOf(reason.kind)} ${JSON.stringify(reason)}`;
  const sorted = reasons.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const bySubject = Map.groupBy(sorted, subjectOf);
  const told = [...(bySubject.get(null) ?? [])];
  const seen = new Set<string>();
  // The list grows while it is read, because each plugin that is wanted adds its own reasons.
  for (const reason of told) {
    if (!("plugin" in reason) || seen.has(reason.plugin)) continue;
    seen.add(reason.plugin);
    told.push(...(bySubject.get(reason.plugin) ?? []));
  }
  return told.concat(sorted.filter((reason) => !told.includes(reason)));
}

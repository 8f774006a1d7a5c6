import { targetOf, type Source, type Violation } from "../source.ts";

/** No file's imports, not even those of types, lead back to it. A file that is only started by its address is no import. */
export function circleRule(sources: readonly Source[]): Violation[] {
  const graph = new Map(sources.map((source) => [source.path, targetsOf(source)]));
  const done = new Set<string>();
  const found: Violation[] = [];
  const follow = (path: string, way: string[]): void => {
    const at = way.indexOf(path);
    if (at >= 0) {
      const circle = [...way.slice(at), path].join(" -> ");
      found.push(`${path}:1: a circle of imports: ${circle}; move what two need into a file below both`);
      return;
    }
    if (done.has(path)) return;
    for (const target of graph.get(path) ?? []) follow(target, [...way, path]);
    done.add(path);
  };
  for (const path of graph.keys()) follow(path, []);
  return found;
}

function targetsOf(source: Source): Set<string> {
  const targets = source.imports
    .filter(({ starts }) => !starts)
    .map((one) => targetOf(source.path, one))
    .filter((target) => target !== undefined);
  return new Set(targets);
}

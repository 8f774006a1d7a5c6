import { isIn, type Violation } from "../source.ts";

const MOST_FILES = 25;

/** No folder of the Worker has more files than a reader can survey. Files of folders below do not count. */
export function folderRule(paths: Iterable<string>): Violation[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    if (!isIn(path, "functions")) continue;
    const folder = path.slice(0, path.lastIndexOf("/"));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > MOST_FILES)
    .map(
      ([folder, count]) =>
        `${folder}:1: ${count} files in one folder, ${MOST_FILES} at most; part it by what they do`,
    );
}

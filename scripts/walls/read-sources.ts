import { readSource } from "./read-source.ts";
import type { Source } from "./source.ts";

/** Reads those files that have code. */
export function readSources(files: ReadonlyMap<string, string | undefined>): Source[] {
  return [...files].flatMap(([path, text]) => (text === undefined ? [] : [readSource(path, text)]));
}

import { circleRule } from "./rules/circles.ts";
import { folderRule } from "./rules/folders.ts";
import { httpRule } from "./rules/http.ts";
import { importRule } from "./rules/imports.ts";
import { bareNameRule, ownerRule } from "./rules/tables.ts";
import type { Source, Violation } from "./source.ts";

/** All violations of the walls. `paths`: all files, also those without code. */
export function checkWalls(sources: readonly Source[], paths: Iterable<string>): Violation[] {
  return [
    ...importRule(sources),
    ...httpRule(sources),
    ...circleRule(sources),
    ...bareNameRule(sources),
    ...ownerRule(sources),
    ...folderRule(paths),
  ];
}

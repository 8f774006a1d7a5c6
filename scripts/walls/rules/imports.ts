import { ALLOWED, EXCEPTIONS, type Allowance } from "../allowed.ts";
import { isIn, targetOf, violation, type Source, type Violation } from "../source.ts";

/** A file imports only from its own room and from those that the allow list names. */
export function importRule(sources: readonly Source[]): Violation[] {
  const needed = new Set<string>();
  const found: Violation[] = [];
  for (const source of sources) {
    const { path } = source;
    const place = roomOf(path);
    if (!place) {
      found.push(
        violation(
          path,
          1,
          "no room of the allow list has this file",
          "name its folder in scripts/walls/allowed.ts",
        ),
      );
      continue;
    }
    for (const { name, line } of source.opaque) {
      found.push(
        violation(path, line, `${name} of something other than a plain text`, "write the file's name in it"),
      );
    }
    for (const one of source.imports) {
      const target = targetOf(path, one);
      if (target === undefined || isIn(target, place.room) || place.may.some((to) => isIn(target, to)))
        continue;
      const key = `${path} ${target}`;
      if (excepted.has(key)) needed.add(key);
      else
        found.push(
          violation(
            path,
            one.line,
            `${place.room} may not import ${target}`,
            `move what both need into a room that both may import (${place.because})`,
          ),
        );
    }
  }
  const idle = [...excepted].filter((key) => !needed.has(key));
  return [
    ...found,
    ...idle.map((key) =>
      violation(
        "scripts/walls/allowed.ts",
        1,
        `nothing needs the exception ${key.replace(" ", " -> ")}`,
        "remove it",
      ),
    ),
  ];
}

const excepted = new Set(
  EXCEPTIONS.flatMap(({ file, imports }) => imports.map((target) => `${file} ${target}`)),
);

type Place = { room: string } & Pick<Allowance, "may" | "because">;

/** The innermost room around a file. */
function roomOf(path: string): Place | undefined {
  return ALLOWED.flatMap(({ rooms, may, because }) => rooms.map((room) => ({ room, may, because })))
    .filter(({ room }) => isIn(path, room))
    .toSorted((a, b) => b.room.length - a.room.length)[0];
}

import { ownerOf, WRITERS } from "../owners.ts";
import { isIn, violation, type Source, type Violation } from "../source.ts";

/** SQL refers to tables by the objects of the schema, except in *.sql.ts files. */
export function bareNameRule(sources: readonly Source[]): Violation[] {
  const names = new Set(tablesOf(sources).map(({ name }) => name));
  return sources.flatMap(({ path, words }) => {
    if (isIn(path, "test") || path.endsWith(".sql.ts")) return [];
    const bare = words.filter(({ name }) => names.has(name));
    return bare.map(({ name, line }) =>
      violation(
        path,
        line,
        `SQL may not name ${name} as bare text`,
        "write the table as ${table}, or move the statement into a file *.sql.ts",
      ),
    );
  });
}

/** A table is written only by the room that owns it. */
export function ownerRule(sources: readonly Source[]): Violation[] {
  const tables = tablesOf(sources);
  const idle = new Set(WRITERS.flatMap(({ file, tables: names }) => names.map((name) => `${file} ${name}`)));
  const excepted = new Set(idle);
  const found: Violation[] = [];
  for (const { path, writes } of sources) {
    if (isIn(path, "test")) continue;
    for (const { name, line } of writes) {
      const table = tables.find((one) => one.constant === name || one.name === name);
      if (!table || isIn(path, table.owner)) continue;
      const key = `${path} ${table.name}`;
      idle.delete(key);
      if (excepted.has(key)) continue;
      const mend = table.name === "audit" ? "use core/audit.ts" : "call a function of that room";
      found.push(violation(path, line, `only ${table.owner} writes ${table.name}`, mend));
    }
  }
  return [
    ...found,
    ...[...idle].map((key) =>
      violation("scripts/walls/owners.ts", 1, `nothing needs the exception ${key}`, "remove it"),
    ),
  ];
}

function tablesOf(sources: readonly Source[]) {
  return sources
    .filter(({ path }) => isIn(path, "schema"))
    .flatMap(({ path, tables }) => tables.map((table) => ({ ...table, file: path, owner: ownerOf(path) })));
}

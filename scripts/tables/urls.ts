import { surfaces } from "../../functions/surfaces.ts";
import { openapiText } from "../openapi.ts";
import { code, tableOf } from "./pages.ts";

/** What the paths under a prefix lead to: the folder below functions/, and the sections of /docs that list them. */
export type UrlRow = { prefix: string; folder: string; sections: string[] };

type Description = { paths: Record<string, Record<string, { tags?: string[] }>> };

/** A row for each prefix, the longer of two that begin alike first: a path belongs to the first that it begins with. */
export function urlRows(): UrlRow[] {
  const rows = surfaces
    .flatMap(({ folder, prefixes }) =>
      prefixes.map((prefix) => ({ prefix, folder, sections: [] as string[] })),
    )
    .toSorted((a, b) => byPrefix(a.prefix, b.prefix));
  const { paths } = JSON.parse(openapiText()) as Description;
  for (const [path, operations] of Object.entries(paths)) {
    const tags = Object.values(operations).flatMap((operation) => operation.tags ?? []);
    const row = rowOf(path, rows);
    if (row) row.sections = Array.from(new Set([...row.sections, ...tags]));
  }
  return rows;
}

/** The row that a path belongs to. */
export function rowOf(path: string, rows: readonly UrlRow[]): UrlRow | undefined {
  return rows.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
}

export const urlTable = () =>
  tableOf(
    ["path begins with", "folder", "sections of `/docs`"],
    urlRows().map(({ prefix, folder, sections }) => [
      code(prefix),
      `[${folder}/](${folder})`,
      sections.join(", "),
    ]),
  );

/** In alphabetical order, but what goes on from a prefix before that prefix. */
function byPrefix(a: string, b: string): number {
  if (a.startsWith(b) || b.startsWith(a)) return b.length - a.length;
  return a < b ? -1 : 1;
}

import { surfaces } from "../../functions/surfaces.ts";
import { openapiText } from "../openapi.ts";
import { code, tableOf } from "./pages.ts";

/** Where the paths under a prefix lead: to the folder below functions/, and to the sections of /docs that list them. */
export type UrlRow = { prefix: string; folder: string; sections: string[] };

type Description = { paths: Record<string, Record<string, { tags?: string[] }>> };

/**
 * A row for each prefix. A path belongs to the first prefix that it begins with, so a longer prefix stands before a shorter
 * one with the same beginning.
 */
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

/** The row to which a path belongs. */
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

/** Orders prefixes alphabetically, but a longer one before a shorter one with the same beginning. */
function byPrefix(a: string, b: string): number {
  if (a.startsWith(b) || b.startsWith(a)) return b.length - a.length;
  return a < b ? -1 : 1;
}

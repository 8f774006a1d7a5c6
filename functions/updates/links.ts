import { parseVersion } from "../kit/versions.ts";
import type { Link } from "./planner/network.ts";
import type { PackageType } from "./planner/precedence.ts";

/** A package as a query returns it, in a JSON list. */
export type LinkRow = [
  id: number,
  type: PackageType,
  fromVersion: string | null,
  version: string,
  orderKey: string,
  format: string,
  size: number,
  minUpdateKey: string | null,
  isUniversal: number,
];

/** Packages in the planner's form. */
export function linksOf(rows: readonly LinkRow[]): Link[] {
  const names = new Map<string, string>();
  return rows.map(([id, type, from, text, key, format, size, least, isUniversal]) => {
    const version = names.get(text) ?? parseVersion(text)?.canonical ?? text;
    names.set(text, version);
    const to = { version, key };
    return { id, type, from, to, format, size, least: least ?? "", isUniversal: isUniversal === 1 };
  });
}

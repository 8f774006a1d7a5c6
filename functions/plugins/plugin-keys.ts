import { orderingKey, parseVersion } from "../kit/versions.ts";

/** How a name is told from others: two that differ only in case would be one folder on many machines. */
export const nameKey = (name: string) => name.toLowerCase();

/** What tells a version from others: its precedence, which build metadata has no part in. Null for what is no version. */
export function orderKeyOf(version: string): string | null {
  const parsed = parseVersion(version);
  return parsed && orderingKey(parsed);
}

import { orderingKey, parseVersion } from "../kit/versions.ts";

/** The form in which plugin names are compared: names that differ only in case would be one folder on many machines. */
export const nameKey = (name: string) => name.toLowerCase();

/**
 * The form in which versions are compared: by precedence, in which build metadata has no part. Null for a text that is not a
 * version.
 */
export function orderKeyOf(version: string): string | null {
  const parsed = parseVersion(version);
  return parsed && orderingKey(parsed);
}

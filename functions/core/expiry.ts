import type { Deps } from "./deps.ts";
import { AppError } from "./errors.ts";
import { message, type Locale } from "./locale/locale.ts";

/**
 * The end that a request gives to something new, in milliseconds since 1970; null for none.
 * @param field what the request calls it
 * @throws AppError ALREADY_EXPIRED for one that has passed: what nobody could ever use is a mistake in the date.
 */
export function readExpiry(
  { deps, locale }: { deps: Deps; locale: Locale },
  field: string,
  given: string | null | undefined,
): number | null {
  if (given === null || given === undefined) return null;
  const at = Date.parse(given);
  if (at > deps.clock()) return at;
  const text = message(locale, "ALREADY_EXPIRED", { field });
  const issue = { where: "body", path: [field], message: text, type: "value_error" } as const;
  throw new AppError("ALREADY_EXPIRED", { field }, { issues: [issue] });
}

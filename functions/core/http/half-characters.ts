import { createMiddleware } from "hono/factory";
import { AppError, type FieldIssue } from "../errors.ts";
import type { Locale } from "../locale/locale.ts";
import { pydanticMessage } from "./pydantic.ts";
import type { AppEnv } from "./request.ts";

/** Half of a surrogate pair as JSON escapes it: text that came in UTF-8 has none otherwise. */
const ESCAPED = /\\u[dD][89a-fA-F]/;
/** The same as UTF-8 would write it, were it allowed to, in a URL. */
const ENCODED = /%ED%[AB][0-9A-F]%[89AB][0-9A-F]/i;

/** What is wrong with JSON that has half of a character in a text or in the name of a field, named by its field. */
export function halfCharacterFault(text: string, value: unknown, locale: Locale): AppError | undefined {
  const path = ESCAPED.test(text) ? pathOfHalf(value) : undefined;
  return path && faultAt("body", path, locale);
}

/** Refuses half of a character in the path or the query, on every surface. @throws AppError VALIDATION_ERROR. */
export const refuseHalfCharacters = createMiddleware<AppEnv>((c, next) => {
  const { url } = c.req;
  if (!ENCODED.test(url)) return next();
  const [path = "", query = ""] = url.split(/\?(.*)/s);
  if (ENCODED.test(path)) throw faultAt("path", [], c.var.locale);
  const [name = ""] =
    query
      .split("&")
      .find((parameter) => ENCODED.test(parameter))
      ?.split("=") ?? [];
  throw faultAt("query", [name.replace(/[^\w-]+/g, "")], c.var.locale);
});

function faultAt(where: FieldIssue["where"], path: FieldIssue["path"], locale: Locale): AppError {
  const type = "string_unicode";
  const problem = pydanticMessage(locale, type) ?? type;
  const field = path.join(".") || where;
  return new AppError(
    "VALIDATION_ERROR",
    { field, problem },
    { issues: [{ where, path, message: problem, type }] },
  );
}

type Step = { value: unknown; path: readonly (string | number)[] };

/** Without recursion: what is looked at may be nested deeper than the stack. */
function pathOfHalf(value: unknown): Step["path"] | undefined {
  const left: Step[] = [{ value, path: [] }];
  for (let step = left.pop(); step; step = left.pop()) {
    const { value, path } = step;
    if (typeof value === "string" && !value.isWellFormed()) return path;
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (!key.isWellFormed()) return path;
      left.push({ value: inner, path: [...path, Array.isArray(value) ? Number(key) : key] });
    }
  }
  return undefined;
}

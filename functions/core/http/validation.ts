import type { z } from "zod";
import { AppError, type ErrorParams, type FieldIssue } from "../errors.ts";
import type { Locale, TextKey } from "../locale/locale.ts";
import { withoutNulls } from "./absent-nulls.ts";
import { issueText, nearestIssue } from "./issue-texts.ts";
import { pydanticFault, pydanticMessage } from "./pydantic.ts";

const places = {
  query: "query",
  param: "path",
  header: "header",
  cookie: "header",
  form: "body",
  json: "body",
} as const;

/** Characters of a field's name that an answer repeats. */
const MAX_SHOWN_NAME = 128;

/** Where a request's input was found, in Hono's terms. */
export type InputTarget = keyof typeof places;

/** Turns what zod found wrong with `input` into a refusal that names every field, in one language. */
export function validationFault(
  error: { issues: readonly z.core.$ZodIssue[] },
  locale: Locale,
  input: unknown,
  target: InputTarget = "json",
): AppError {
  const issues = error.issues.map((issue) => fieldIssue(issue, locale, input, target));
  const field = issues[0]?.path.join(".") || "body";
  const options = { issues };
  return issues[0]?.type === "missing"
    ? new AppError("MISSING_PARAMETER", { field }, options)
    : new AppError("VALIDATION_ERROR", { field, problem: issues[0]?.message ?? "" }, options);
}

/**
 * Reads the fields of one kind of thing as a form or JSON gives them. An empty one counts as not filled in, and so does null
 * where a field may be absent.
 * @throws AppError MISSING_PARAMETER or VALIDATION_ERROR naming the field.
 */
export function readFields<T extends z.ZodType>(schema: T, fields: unknown, locale: Locale): z.output<T> {
  const filled = Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== ""));
  const given = withoutNulls(schema, filled);
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw validationFault(parsed.error, locale, given);
  return parsed.data;
}

function fieldIssue(
  found: z.core.$ZodIssue,
  locale: Locale,
  input: unknown,
  target: InputTarget,
): FieldIssue {
  const issue = nearestIssue(found);
  const path = issue.path.map((key) => (typeof key === "number" ? key : shownName(String(key))));
  const given = issue.code === "invalid_key" ? issue.path.at(-1) : valueAt(input, issue.path);
  const value = target === "query" && Array.isArray(given) ? given.at(-1) : given;
  const { type, params } = pydanticFault(issue, value);
  const fastApiMessage = pydanticMessage(locale, type, params);
  const message = issueText(locale, issue, value);
  return { where: places[target], path, message, type, ...(fastApiMessage && { fastApiMessage }) };
}

/** A name as an answer repeats it: some are of the client's own choice, as long and as odd as it likes. */
const shownName = (name: string) =>
  name.slice(0, MAX_SHOWN_NAME).replaceAll(/\p{C}/gu, "\u{fffd}") + (name.length > MAX_SHOWN_NAME ? "…" : "");

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    input,
  );
}

/** The refusal of one field, for a reason that has a text; `params` fill it. */
export function invalid(field: string, reason: TextKey, params: ErrorParams = {}): AppError {
  return new AppError("VALIDATION_ERROR", { ...params, field, reason });
}

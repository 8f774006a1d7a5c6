import { z } from "zod";
import { AppError, type FieldIssue } from "../errors.ts";
import type { Locale } from "../locale/locale.ts";
import { withoutNulls } from "./absent-nulls.ts";
import { pydanticFault, pydanticMessage } from "./pydantic.ts";

const texts = { en: z.locales.en(), "zh-CN": z.locales.zhCN() };
const places = {
  query: "query",
  param: "path",
  header: "header",
  cookie: "header",
  form: "body",
  json: "body",
} as const;

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
  issue: z.core.$ZodIssue,
  locale: Locale,
  input: unknown,
  target: InputTarget,
): FieldIssue {
  const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
  const found = valueAt(input, issue.path);
  const { type, params } = pydanticFault(
    issue,
    target === "query" && Array.isArray(found) ? found.at(-1) : found,
  );
  const message = pydanticMessage(locale, type, params) ?? textOf(issue, locale);
  return { where: places[target], path, message, type };
}

function textOf(issue: z.core.$ZodIssue, locale: Locale): string {
  if (issue.code === "custom") return issue.message;
  const text = texts[locale].localeError(issue as Parameters<z.core.$ZodErrorMap>[0]);
  return typeof text === "string" ? text : (text?.message ?? issue.message);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    input,
  );
}

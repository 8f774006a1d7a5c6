import { z } from "zod";
import { AppError, type FieldIssue } from "./errors.ts";
import type { Locale } from "./locale.ts";

const texts = { en: z.locales.en(), "zh-CN": z.locales.zhCN() };
const missingText = { en: "Field required", "zh-CN": "缺少该字段" };
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

function fieldIssue(
  issue: z.core.$ZodIssue,
  locale: Locale,
  input: unknown,
  target: InputTarget,
): FieldIssue {
  const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
  const where = places[target];
  if (path.length > 0 && valueAt(input, issue.path) === undefined) {
    return { where, path, message: missingText[locale], type: "missing" };
  }
  return { where, path, message: textOf(issue, locale), type: fastApiType(issue) };
}

function textOf(issue: z.core.$ZodIssue, locale: Locale): string {
  if (issue.code === "custom") return issue.message;
  const text = texts[locale].localeError(issue as Parameters<z.core.$ZodErrorMap>[0]);
  return typeof text === "string" ? text : (text?.message ?? issue.message);
}

/** The type that Pydantic 2 gives the same fault, which is what clients of FastAPI look at. */
function fastApiType(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.expected === "int"
        ? "int_type"
        : `${pydanticNames[issue.expected] ?? issue.expected}_type`;
    case "too_small":
      return issue.origin === "string" ? "string_too_short" : "greater_than_equal";
    case "too_big":
      return issue.origin === "string" ? "string_too_long" : "less_than_equal";
    case "invalid_format":
      return "string_pattern_mismatch";
    case "invalid_value":
      return "enum";
    default:
      return "value_error";
  }
}

const pydanticNames: Partial<Record<string, string>> = {
  boolean: "bool",
  number: "int",
  object: "model_attributes",
  array: "list",
};

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    input,
  );
}

import type { z } from "zod";
import type { ErrorParams } from "../errors.ts";
import { hasText, message, type Locale, type TextKey } from "../locale/locale.ts";

type Issue = z.core.$ZodIssue;
type Said = { key: TextKey; params?: ErrorParams };
type Words = { [code in Issue["code"]]: (issue: Extract<Issue, { code: code }>, value: unknown) => Said };

/**
 * What a client is told to do about something that zod found wrong with `value`: the schema's own text, where its message is
 * the key of one (`textKey`), else that of this kind of fault. None of zod's own words are in it.
 */
export function issueText(locale: Locale, issue: Issue, value: unknown): string {
  const { key, params = {} } = sayIssue(issue, value);
  const inWords = Object.entries(params).map(([name, param]) => [name, word(locale, param)] as const);
  const problem = issue.code === "invalid_key" ? nestedText(locale, issue.issues, value) : "";
  return message(locale, key, { problem, ...Object.fromEntries(inWords) });
}

/** The issue itself; of a value that fits none of several shapes, that of the shape which it comes nearest. */
export function nearestIssue(issue: Issue): Issue {
  if (issue.code !== "invalid_union" || hasText(issue.message)) return issue;
  const [nearest] = issue.errors.toSorted((a, b) => distance(a) - distance(b));
  const [first] = nearest ?? [];
  return first ? nearestIssue({ ...first, path: [...issue.path, ...first.path] }) : issue;
}

/** A value of another type is farther off than any number of faults within one of the right type. */
const distance = (issues: readonly Issue[]): number =>
  issues.filter(isOfAnotherType).length * 1_000 + issues.length;

const isOfAnotherType = ({ code, path }: Issue) => code === "invalid_type" && path.length === 0;

function sayIssue(issue: Issue, value: unknown): Said {
  if (hasText(issue.message)) {
    const { limit } = (issue.code === "custom" ? issue.params : undefined) ?? {};
    return { key: issue.message, params: typeof limit === "number" ? { limit } : {} };
  }
  if (value === undefined && issue.path.length > 0) return { key: "fault.missing" };
  return (words[issue.code] as (issue: Issue, value: unknown) => Said)(issue, value);
}

function nestedText(locale: Locale, issues: readonly Issue[], value: unknown): string {
  const [first] = issues;
  return first ? issueText(locale, { ...first, path: [] }, value) : message(locale, "fault.form");
}

const word = (locale: Locale, param: string | number) =>
  typeof param === "string" && param.startsWith("kind.") && hasText(param) ? message(locale, param) : param;

const words: Words = {
  invalid_type: ({ expected }, value) =>
    (expected === "int" || expected === "number") && isFraction(value)
      ? { key: "fault.whole" }
      : { key: "fault.type", params: { wanted: kinds[expected] ?? "kind.other", found: kindOf(value) } },
  too_small({ origin, minimum, inclusive }) {
    const limit = Number(minimum);
    if (origin === "string") return limit === 1 ? { key: "fault.empty" } : sized("fault.tooShort", limit);
    if (isCollection(origin))
      return limit === 1 ? { key: "fault.noItems" } : sized("fault.tooFewItems", limit);
    return sized(inclusive === false ? "fault.notAbove" : "fault.tooSmall", limit);
  },
  too_big({ origin, maximum, inclusive }) {
    const limit = Number(maximum);
    if (origin === "string") return sized("fault.tooLong", limit);
    if (isCollection(origin)) return sized("fault.tooManyItems", limit);
    return sized(inclusive === false ? "fault.notBelow" : "fault.tooLarge", limit);
  },
  invalid_format: ({ format }) => ({ key: formats[format] ?? "fault.form" }),
  not_multiple_of({ divisor }) {
    const decimals = -Math.log10(divisor);
    return Number.isInteger(decimals) && decimals > 0
      ? sized("fault.tooManyDecimals", decimals)
      : sized("fault.multipleOf", divisor);
  },
  unrecognized_keys: ({ keys }) => ({ key: "fault.unknownKeys", params: { values: keys.join(", ") } }),
  invalid_union: ({ discriminator, ...issue }) =>
    discriminator !== undefined && "options" in issue && issue.options
      ? { key: "fault.oneOf", params: { values: issue.options.map(String).join(", ") } }
      : { key: "fault.form" },
  invalid_key: () => ({ key: "fault.key" }),
  invalid_element: () => ({ key: "fault.form" }),
  invalid_value: ({ values }) => ({ key: "fault.oneOf", params: { values: values.map(String).join(", ") } }),
  custom: ({ params }) => ({ key: customs[String(params?.type)] ?? "fault.form" }),
};

/** Whether this is a number that is not whole, or a text that says one. */
const isFraction = (value: unknown) => Number.isFinite(Number(value)) && Number(value) % 1 !== 0;

const sized = (key: TextKey, limit: number): Said => ({ key, params: { limit } });

const isCollection = (origin: string) => ["array", "set", "map", "record", "object"].includes(origin);

/** What libraries below the texts refuse, by the name that they give it. */
const customs: Readonly<Record<string, TextKey>> = {
  string_unicode: "fault.halfCharacters",
  string_controls: "fault.controls",
};

const formats: Readonly<Record<string, TextKey>> = {
  email: "fault.email",
  url: "fault.url",
  uuid: "fault.uuid",
  guid: "fault.uuid",
  date: "fault.date",
  datetime: "fault.datetime",
};

const kinds: Readonly<Record<string, TextKey>> = {
  string: "kind.text",
  number: "kind.number",
  int: "kind.whole",
  bigint: "kind.whole",
  boolean: "kind.boolean",
  array: "kind.list",
  tuple: "kind.list",
  set: "kind.list",
  object: "kind.object",
  record: "kind.object",
  map: "kind.object",
};

/** The kind of a JSON value. */
function kindOf(value: unknown): TextKey {
  if (value === null || value === undefined) return "kind.nothing";
  if (Array.isArray(value)) return "kind.list";
  switch (typeof value) {
    case "string":
      return "kind.text";
    case "number":
      return "kind.number";
    case "boolean":
      return "kind.boolean";
    default:
      return "kind.object";
  }
}

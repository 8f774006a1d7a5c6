import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/**
 * Says in one line what is wrong with a file that the user wrote, beginning with the place: `commands.sum.run must be a
 * list`.
 */
export function shapeFault(issue: Issue, content: unknown): string {
  const nearest = nearestIssue(issue);
  const place = nearest.path.map(String).join(".") || "it";
  return `${place} ${describe(nearest, valueAt(content, nearest.path))}`;
}

/** Where a value fits none of several shapes: the complaint of the shape whose type is nearest. */
function nearestIssue(issue: Issue): Issue {
  if (issue.code !== "invalid_union") return issue;
  const branch = issue.errors.find(([first]) => first?.code !== "invalid_type") ?? issue.errors[0];
  const [first] = branch ?? [];
  return first ? { ...first, path: [...issue.path, ...first.path] } : issue;
}

function describe(issue: Issue, value: unknown): string {
  if (value === undefined && issue.path.length > 0) return "is missing";
  switch (issue.code) {
    case "invalid_type":
      return `must be ${kinds[issue.expected] ?? "written otherwise"}`;
    case "too_small":
      return Number(issue.minimum) === 1 && issue.origin !== "int" && issue.origin !== "number"
        ? "must not be empty"
        : `must be ${String(issue.minimum)} or more`;
    case "too_big":
      return issue.origin === "string"
        ? `must have ${String(issue.maximum)} characters or fewer`
        : `must be ${String(issue.maximum)} or less`;
    case "invalid_value":
      return `must be one of: ${issue.values.map(String).join(", ")}`;
    case "unrecognized_keys":
      return `may not have ${issue.keys.join(", ")}`;
    case "invalid_format":
      return issue.format === "url"
        ? "must be an address such as https://example.com"
        : "is not written right";
    case "custom":
      return issue.message;
    default:
      return "is not written right";
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

const valueAt = (content: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    content,
  );

import { z } from "zod";
import { expect, test } from "vitest";
import { createApp } from "../functions/app.ts";
import type { Deps } from "../functions/core/deps.ts";
import { describeApi } from "../functions/openapi.ts";

type Described = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minProperties?: number;
  properties?: Record<string, Described>;
  propertyNames?: Described;
  additionalProperties?: Described | boolean;
  items?: Described;
  anyOf?: Described[];
  oneOf?: Described[];
};
type Path = readonly (string | number)[];

const deps = { config: { CORS_ORIGINS: [] as string[] }, clock: Date.now } as Deps;
const app = createApp(deps);
const document = JSON.parse(JSON.stringify(describeApi(app))) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Described> };
};
type Operation = {
  parameters?: { name: string; in: string; schema: Described }[];
  requestBody?: { content: Record<string, { schema: Described }> };
};

const resolved = (node: Described): Described =>
  node.$ref ? (document.components.schemas[node.$ref.split("/").at(-1) ?? ""] ?? {}) : node;

type Reader = { name: string; read: z.ZodType; described: Described };

const asObject = (parameters: NonNullable<Operation["parameters"]>, place: string): Described => ({
  properties: Object.fromEntries(
    parameters.filter((one) => one.in === place).map((one) => [one.name, one.schema]),
  ),
});

/** What each request is read by, and what the description says of it. */
function readers(): Reader[] {
  const routes = app.openAPIRegistry.definitions.flatMap((one) => (one.type === "route" ? [one.route] : []));
  return routes.flatMap(({ method, path, request = {} }) => {
    const operation = document.paths[path]?.[method] ?? {};
    const json = request.body?.content["application/json"];
    const pairs: [string, unknown, Described | undefined][] = [
      ["query", request.query, asObject(operation.parameters ?? [], "query")],
      ["path", request.params, asObject(operation.parameters ?? [], "path")],
      [
        "JSON",
        json && "schema" in json ? json.schema : undefined,
        operation.requestBody?.content["application/json"]?.schema,
      ],
    ];
    return pairs.flatMap(([part, read, described]) =>
      read instanceof z.ZodType && described
        ? [{ name: `${method.toUpperCase()} ${path}, ${part}`, read, described }]
        : [],
    );
  });
}

/** Where a text may stand, with what is said of it. */
function* texts(node: Described, path: Path = []): Generator<[Path, Described]> {
  const here = resolved(node);
  if (path.length > 6) return;
  if ([here.type].flat().includes("string")) yield [path, here];
  for (const [name, one] of Object.entries(here.properties ?? {})) yield* texts(one, [...path, name]);
  if (here.items) yield* texts(here.items, [...path, 0]);
  if (typeof here.additionalProperties === "object") {
    const key = here.propertyNames?.pattern?.includes("\\.") ? "com.example.plugin" : "key";
    yield* texts(here.additionalProperties, [...path, key]);
  }
}

function inputWith(path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  return typeof key === "number" ? [inputWith(rest, value)] : { [key]: inputWith(rest, value) };
}

function allows(said: Described, text: string): boolean {
  const { enum: values, const: only, format, minLength = 0, maxLength = Infinity, pattern, anyOf } = said;
  const length = Array.from(text).length;
  return (
    (values?.includes(text) ?? true) &&
    (only === undefined || only === text) &&
    // None of the texts below is an address, a date or the like.
    (format === undefined || format === "binary") &&
    length >= minLength &&
    length <= maxLength &&
    (pattern === undefined || new RegExp(pattern, "u").test(text)) &&
    (anyOf?.some((one) => allows(one, text)) ?? true)
  );
}

const samples = [
  "",
  "0",
  "x",
  "a b",
  "1.2.x",
  "two\nlines",
  "nul\u0000",
  "a/b",
  "ü",
  "🦉",
  "x".repeat(100_000),
];

/** What the description says in words: no pattern says it. */
const IN_WORDS = /^PATCH .*\.signature$|\.install\./;

test.each(readers())(
  "$name: the description refuses each text that is refused",
  ({ name, read, described }) => {
    const unsaid = [...texts(described)].flatMap(([path, said]) =>
      samples
        .filter((text) => {
          const parsed = read.safeParse(inputWith(path, text));
          const faults = parsed.success ? [] : parsed.error.issues;
          return faults.some((issue) => issue.path.join("\n") === path.join("\n")) && allows(said, text);
        })
        .map((text) => `${name}.${path.join(".")}: ${JSON.stringify(text.slice(0, 20))}`),
    );
    expect(unsaid.filter((one) => !IN_WORDS.test(one.slice(0, one.lastIndexOf(": "))))).toEqual([]);
  },
);

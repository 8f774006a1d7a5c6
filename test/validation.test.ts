import { z } from "zod";
import { expect, test } from "vitest";
import { createApp } from "../functions/app.ts";
import type { Deps } from "../functions/core/deps.ts";
import type { AppError } from "../functions/core/errors.ts";
import { errorDefinition } from "../functions/core/errors.ts";
import { detailEnvelope, fastApiEnvelope } from "../functions/core/http/envelopes.ts";
import { validationFault, type InputTarget } from "../functions/core/http/validation.ts";
import { locales, message, type Locale } from "../functions/core/locale/locale.ts";
import { surfaceOf } from "../functions/surfaces.ts";
import { allPublishers } from "../functions/uploads/publishers.ts";

type Request = { name: string; path: string; target: InputTarget; schema: z.ZodType };

const isSchema = (value: unknown): value is z.ZodType => value instanceof z.ZodType;

function bodySchema(body: { content: Record<string, object | undefined> } | undefined): unknown {
  const json = body?.content["application/json"] ?? {};
  return "schema" in json ? json.schema : undefined;
}

/** The shape of everything that a client may send: parameters, bodies, and the fields of each kind of upload. */
function requests(): Request[] {
  const deps = { config: { CORS_ORIGINS: [] as string[] }, clock: Date.now } as Deps;
  const routes = createApp(deps).openAPIRegistry.definitions.flatMap((one) =>
    one.type === "route" ? [one.route] : [],
  );
  const ofRoutes = routes.flatMap(({ method, path, request = {} }) => {
    const json = bodySchema(request.body);
    const parts: [InputTarget, unknown][] = [
      ["query", request.query],
      ["param", request.params],
      ["header", request.headers],
      ["json", json],
    ];
    return parts.flatMap(([target, schema]) =>
      isSchema(schema) ? [{ name: `${method.toUpperCase()} ${path} ${target}`, path, target, schema }] : [],
    );
  });
  const ofUploads = allPublishers().flatMap(({ description: { fields, credential } }) =>
    fields ? [{ name: credential, path: "/api/v1/uploads", target: "json" as const, schema: fields }] : [],
  );
  return [...ofRoutes, ...ofUploads];
}

type JsonSchema = {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
};

/** Where in an input of this shape a value may be wrong. */
function* places(schema: JsonSchema, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (path.length > 6) return;
  if (path.length > 0) yield path;
  for (const branch of [schema.anyOf, schema.oneOf, schema.allOf]) {
    for (const one of branch ?? []) for (const place of places(one, path)) if (place !== path) yield place;
  }
  for (const [name, one] of Object.entries(schema.properties ?? {})) yield* places(one, [...path, name]);
  if (schema.items) yield* places(schema.items, [...path, 0]);
  if (typeof schema.additionalProperties === "object")
    yield* places(schema.additionalProperties, [...path, "key"]);
}

function inputWith(path: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  return typeof key === "number" ? [inputWith(rest, value)] : { [key]: inputWith(rest, value) };
}

const LONG = "x".repeat(100_000);
/** Of each kind of JSON value those that somebody may send in the place of another. */
const wrong: readonly unknown[] = [
  undefined,
  null,
  true,
  -1,
  0,
  1.005,
  1e300,
  "",
  " ",
  "1.5",
  "\u0000\u202e/\\",
  "\ud800",
  "no address, no date, no version",
  LONG,
  [],
  Array.from({ length: 20_000 }, () => 0),
  {},
  { "\u0000 ": "\u0000" },
  { type: "unheard of" },
];

/** What nobody should have to read: zod's words, patterns, comparisons in signs, what JavaScript calls things. */
const UNREADABLE =
  /Invalid (input|option|string|key)|Too (small|big)|\bexpected\b|\breceived\b|Zod|\\[dwspux]|\[\^?[\\a-zA-Z0-9]-|\(\?|[<>]=? ?\d|undefined|NaN|\[object|\{\w+\}/;

const faultsOf = (schema: z.ZodType, input: unknown, target: InputTarget, locale: Locale) => {
  const parsed = schema.safeParse(input);
  return parsed.success ? undefined : validationFault(parsed.error, locale, input, target);
};

function answerTo(path: string, error: AppError, locale: Locale): { body: string; said: string } {
  const envelope = surfaceOf(path)?.envelope ?? detailEnvelope;
  const status = envelope.statuses[error.code] ?? errorDefinition(error.code).status;
  const said = message(locale, error.code, error.params);
  const body = envelope.body({ code: error.code, status, message: said, at: "", issues: error.issues });
  return { body: JSON.stringify(body), said };
}

test.each(requests())("of $name every wrong value is refused in words, with its field", (request) => {
  const { schema, target, path } = request;
  const shape = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const vague = new Set(locales.map((locale) => message(locale, "fault.form")));
  const inputs = [...places(shape), []].flatMap((place) => wrong.map((value) => inputWith(place, value)));
  for (const locale of locales) {
    for (const input of inputs) {
      const error = faultsOf(schema, input, target, locale);
      if (!error) continue;
      const { body, said } = answerTo(path, error, locale);
      expect(body).not.toMatch(UNREADABLE);
      expect(said).toContain(error.issues[0]?.path.join(".") || "body");
      for (const issue of error.issues) {
        expect(vague, `${issue.path.join(".")}: ${issue.type}`).not.toContain(issue.message);
        if (locale === "zh-CN") expect(issue.message).toMatch(/\p{Script=Han}/u);
        if (body.includes("field_errors"))
          expect(body).toContain(JSON.stringify(issue.path.join(".") || "body"));
      }
    }
  }
});

type Def = {
  checks?: { _zod: { def: { type?: string; error?: unknown } } }[];
  shape?: Record<string, z.ZodType>;
  options?: z.ZodType[];
} & Partial<
  Record<"innerType" | "element" | "in" | "out" | "left" | "right" | "keyType" | "valueType", unknown>
>;

/** What `refine` adds to a schema or to something in it. */
function* refinements(schema: z.ZodType): Generator<{ error?: unknown }> {
  const def = schema._zod.def as Def;
  for (const { _zod } of def.checks ?? []) if (_zod.def.type === "custom") yield _zod.def;
  const { innerType, element, in: from, out, left, right, keyType, valueType } = def;
  const within = [innerType, element, from, out, left, right, keyType, valueType];
  within.push(...Object.values(def.shape ?? {}), ...(def.options ?? []));
  for (const one of within) if (isSchema(one)) yield* refinements(one);
}

test("every rule about several fields, or that code decides, has a text of its own", () => {
  const all = requests().flatMap(({ name, schema }) =>
    [...refinements(schema)].map(({ error }) => ({ name, isSaid: error !== undefined })),
  );
  expect(all.length).toBeGreaterThan(10);
  expect(all.filter(({ isSaid }) => !isSaid)).toEqual([]);
});

const email = { email: "x", password: "long enough" };
const said: [what: string, schema: z.ZodType, input: unknown, en: string, zh: string][] = [
  [
    "a missing field",
    z.object({ email: z.email() }),
    {},
    "this is required, give it a value",
    "必填，请提供值",
  ],
  ["a wrong type", z.object({ n: z.int() }), { n: [] }, "use a number, not a list", "请使用数字，而不是列表"],
  [
    "a fraction",
    z.object({ n: z.int() }),
    { n: 1.5 },
    "use a whole number, without a fraction",
    "请使用整数，不要带小数部分",
  ],
  [
    "a text that says a fraction",
    z.object({ n: z.coerce.number().int() }),
    { n: "1.5" },
    "use a whole number, without a fraction",
    "请使用整数，不要带小数部分",
  ],
  [
    "a short text",
    z.object({ t: z.string().min(6) }),
    { t: "abc" },
    "use 6 characters or more",
    "请至少使用 6 个字符",
  ],
  [
    "a long text",
    z.object({ t: z.string().max(2) }),
    { t: "abc" },
    "use 2 characters or fewer",
    "请最多使用 2 个字符",
  ],
  [
    "an empty text",
    z.object({ t: z.string().min(1) }),
    { t: "" },
    "fill this in, it must not be empty",
    "不能为空，请填写内容",
  ],
  ["a small number", z.object({ n: z.number().min(3) }), { n: 2 }, "use 3 or more", "请使用不小于 3 的值"],
  [
    "a number at its bound",
    z.object({ n: z.number().gt(3).lt(9) }),
    { n: 3 },
    "use more than 3",
    "请使用大于 3 的值",
  ],
  [
    "a number above its bound",
    z.object({ n: z.number().gt(3).lt(9) }),
    { n: 9 },
    "use less than 9",
    "请使用小于 9 的值",
  ],
  [
    "a long list",
    z.object({ l: z.array(z.int()).max(1) }),
    { l: [1, 2] },
    "give 1 entries or fewer",
    "请最多提供 1 项",
  ],
  [
    "a short list",
    z.object({ l: z.array(z.int()).min(2) }),
    { l: [1] },
    "give 2 entries or more",
    "请至少提供 2 项",
  ],
  [
    "one of several",
    z.object({ t: z.enum(["full", "patch"]) }),
    { t: "x" },
    "use one of these: full, patch",
    "请从以下值中选择：full, patch",
  ],
  ["an unknown key", z.strictObject({ a: z.int() }), { a: 1, b: 2 }, "leave out b", "请去掉 b"],
  [
    "an e-mail address",
    z.object({ email: z.email() }),
    email,
    "use an e-mail address such as name@example.com",
    "请填写邮箱地址，例如 name@example.com",
  ],
  [
    "an address",
    z.object({ u: z.url() }),
    { u: "x" },
    "use a web address such as https://example.com",
    "请填写网址，例如 https://example.com",
  ],
  [
    "a day",
    z.object({ d: z.iso.date() }),
    { d: "x" },
    "use a date such as 2026-01-31",
    "请填写日期，例如 2026-01-31",
  ],
  [
    "a moment",
    z.object({ d: z.iso.datetime() }),
    { d: "x" },
    "use a date and time such as 2026-01-31T12:00:00Z",
    "请填写日期和时间，例如 2026-01-31T12:00:00Z",
  ],
  [
    "the nearest of several shapes",
    z.object({ v: z.union([z.boolean(), z.enum(["yes", "no"])]) }),
    { v: "x" },
    "use one of these: yes, no",
    "请从以下值中选择：yes, no",
  ],
  [
    "a place within the nearest shape",
    z.object({ v: z.union([z.string(), z.object({ n: z.int() })]) }),
    { v: { n: "x" } },
    "use a number, not text",
    "请使用数字，而不是文本",
  ],
  [
    "a kind that there is not",
    z.object({
      e: z.discriminatedUnion("t", [z.object({ t: z.literal("a") }), z.object({ t: z.literal("b") })]),
    }),
    { e: { t: "c" } },
    "use one of these: a, b",
    "请从以下值中选择：a, b",
  ],
  [
    "decimals",
    z.object({ n: z.number().multipleOf(0.01) }),
    { n: 1.005 },
    "use at most 2 decimals",
    "最多保留 2 位小数",
  ],
  [
    "a multiple",
    z.object({ n: z.number().multipleOf(5) }),
    { n: 7 },
    "use a multiple of 5",
    "请使用 5 的倍数",
  ],
  [
    "the name of an entry",
    z.object({ r: z.record(z.string().max(2), z.int()) }),
    { r: { long: 1 } },
    "rename this entry: use 2 characters or fewer",
    "请修改此项的名称：请最多使用 2 个字符",
  ],
];

test.each(said)("%s is told in both languages", (_what, schema, input, en, zh) => {
  expect(faultsOf(schema, input, "json", "en")?.issues[0]?.message).toBe(en);
  expect(faultsOf(schema, input, "json", "zh-CN")?.issues[0]?.message).toBe(zh);
});

test("clients of the catalogue read FastAPI's own words, all others these", () => {
  const error = faultsOf(z.object({ n: z.int() }), { n: "x" }, "query", "en");
  expect(error?.issues).toMatchObject([{ where: "query", path: ["n"], type: "int_parsing" }]);
  expect(answerTo("/api/tasks", error as AppError, "en").said).toBe("n: use a number, not text");
  const problem = {
    code: "VALIDATION_ERROR" as const,
    status: 422,
    message: "",
    at: "",
    issues: error?.issues ?? [],
  };
  expect(fastApiEnvelope.body(problem)).toMatchObject({
    detail: [{ msg: "Input should be a valid integer, unable to parse string as an integer" }],
  });
});

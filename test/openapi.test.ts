import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { VERSION } from "../functions/core/product.ts";
import { openapiText } from "../scripts/openapi.ts";

type Operation = {
  operationId?: string;
  summary?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  requestBody?: unknown;
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
};
type Document = {
  openapi: string;
  info: { title: string; version: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: Record<string, unknown>; schemas: Record<string, Schema> };
};

const promised = {
  "updates and packages": [
    "GET /",
    "GET /health",
    "GET /api/health",
    "POST /api/v1/upload/package",
    "GET /api/v1/packages",
    "GET /api/v1/version/check",
    "GET /api/v1/storage/stats",
    "POST /api/v1/storage/cleanup",
    "GET /downloads/{package_type}/{version}/{filename}",
  ],
  "signed uploads": [
    "POST /api/v1/uploads",
    "POST /api/v1/uploads/{id}/parts",
    "POST /api/v1/uploads/{id}/complete",
    "GET /api/v1/uploads/{id}",
    "DELETE /api/v1/uploads/{id}",
  ],
  "packages beyond the contract": [
    "POST /api/v1/packages/{id}/yank",
    "POST /api/v1/packages/{id}/unyank",
    "DELETE /api/v1/packages/{id}",
  ],
  accounts: [
    "POST /api/auth/register",
    "POST /api/auth/login",
    "POST /api/auth/logout",
    "GET /api/auth/me",
    "GET /api/users/me",
    "PUT /api/users/me",
    "POST /api/users/change-password",
    "POST /api/admin/login",
    "PUT /api/admin/password",
    "POST /api/v1/login/access-token",
    "GET /api/v1/users/me",
  ],
  "software keys": [
    "POST /api/software",
    "GET /api/software",
    "PUT /api/software/{akey}",
    "DELETE /api/software/{akey}",
    "POST /api/software/{akey}/versions",
    "GET /api/software/{akey}/versions",
    "PUT /api/versions/{vkey}",
    "DELETE /api/versions/{vkey}",
    "POST /api/check/legality",
    "POST /api/check/update",
  ],
  "plugins and backups": [
    "GET /api/plugins/list",
    "POST /api/plugins/detail",
    "POST /api/plugins/upload",
    "POST /api/plugins/enable",
    "POST /api/plugins/disable",
    "POST /api/plugins/deprecate",
    "POST /api/plugins/delete",
    "POST /api/plugins/download",
    "POST /api/plugins/versions",
    "POST /api/plugins/version/detail",
    "POST /api/plugins/version/deprecate",
    "POST /api/plugins/version/download",
    "POST /api/plugins/resolve",
    "POST /api/plugins/updates",
    "POST /api/backups/upload",
    "POST /api/backups/list",
    "GET /api/backups/list-all",
    "POST /api/backups/download",
    "POST /api/backups/delete",
  ],
  compute: [
    "GET /api/users/stats",
    "POST /api/tasks",
    "GET /api/tasks",
    "GET /api/tasks/{task_id}",
    "POST /api/tasks/{task_id}/cancel",
    "POST /api/tasks/{task_id}/retry",
    "DELETE /api/tasks/{task_id}",
    "GET /api/gpu/servers",
    "GET /api/gpu/servers/{server_id}",
    "GET /api/gpu/servers/{server_id}/status",
    "GET /api/gpu/cluster/overview",
    "POST /api/recharge/codes",
    "GET /api/recharge/codes",
    "POST /api/recharge/redeem",
    "GET /api/recharge/records",
    "GET /api/admin/stats",
    "GET /api/admin/users",
    "PUT /api/admin/users/{user_id}",
    "GET /api/admin/config",
    "PUT /api/admin/config",
    "GET /api/admin/ledger/check",
    "GET /api/logs/system",
    "GET /api/logs/user-actions",
    "GET /api/logs/tasks/{task_id}",
    "GET /api/logs/download",
  ],
  "GPU servers and agents": [
    "POST /api/gpu/servers",
    "PUT /api/gpu/servers/{server_id}",
    "DELETE /api/gpu/servers/{server_id}",
    "POST /api/gpu/servers/{server_id}/rotate-token",
    "POST /api/gpu/agent/heartbeat",
    "POST /api/gpu/agent/tasks/{task_id}/events",
  ],
  catalogue: [
    "GET /api/v1/appwares",
    "GET /api/v1/appwares/my",
    "GET /api/v1/appwares/popular",
    "GET /api/v1/appwares/{appware_id}",
    "POST /api/v1/appwares",
    "PUT /api/v1/appwares/{appware_id}",
    "DELETE /api/v1/appwares/{appware_id}",
    "GET /api/v1/appwares/admin/all",
  ],
  "API keys": ["GET /api/v1/api-keys", "POST /api/v1/api-keys", "DELETE /api/v1/api-keys/{id}"],
};

const text = openapiText();
const document = JSON.parse(text) as Document;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    operation,
  })),
);
const named = (name: string) => operations.find((candidate) => candidate.name === name)?.operation;
const namesWhere = (wanted: (operation: Operation) => boolean) =>
  operations.filter(({ operation }) => wanted(operation)).map(({ name }) => name);

test("the document is valid OpenAPI 3.1 and says which product and version it describes", async () => {
  const error = "error" as const;
  const config = await createConfig({
    rules: {
      struct: error,
      "no-unresolved-refs": error,
      "no-unused-components": error,
      "no-identical-paths": error,
      "no-ambiguous-paths": error,
      "no-enum-type-mismatch": error,
      "no-invalid-media-type-examples": error,
      "no-invalid-schema-examples": error,
      "operation-operationId-unique": error,
      "operation-operationId-url-safe": error,
      "operation-parameters-unique": error,
      "path-parameters-defined": error,
      "security-defined": error,
    },
  });
  const problems = await lintFromString({ source: text, absoluteRef: "openapi.json", config });
  const found = problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]);
  expect(found).toEqual([]);
  expect(document).toMatchObject({ openapi: "3.1.0", info: { title: "Slipway", version: VERSION } });
});

test.each(Object.entries(promised))("of %s nothing is missing", (_part, names) => {
  expect(operations.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
});

test("every operation has an id, a summary and tags that are explained", () => {
  const explained = new Set(document.tags.filter((tag) => tag.description).map((tag) => tag.name));
  expect(namesWhere((operation) => !operation.operationId || !operation.summary)).toEqual([]);
  expect(namesWhere(({ tags }) => !tags?.length || !tags.every((tag) => explained.has(tag)))).toEqual([]);
});

test("ids come from method and path", () => {
  expect(named("GET /api/v1/uploads/{id}")?.operationId).toBe("getUpload");
  expect(named("POST /api/v1/packages/{id}/yank")?.operationId).toBe("postPackageYank");
  expect(named("GET /")?.operationId).toBe("getService");
});

test("every operation that can refuse a request says how, with codes and the error's form", () => {
  const refusals = ({ responses }: Operation) =>
    Object.entries(responses).filter(([status]) => status.startsWith("4"));
  expect(namesWhere((operation) => refusals(operation).length === 0)).toEqual([
    "GET /",
    "GET /api/auth/me",
    "GET /api/plugins/list",
    "GET /api/v1/session",
  ]);
  const undescribed = namesWhere((operation) =>
    refusals(operation).some(
      ([, { description, content }]) => !/^`[A-Z_]+`/.test(description) || !content?.["application/json"],
    ),
  );
  expect(undescribed).toEqual([]);
});

type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: string;
  pattern?: string;
  maxLength?: number;
  minimum?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
};

/** Everything in the document that is a schema, or holds some. */
function* nodes(value: unknown): Generator<Schema> {
  if (typeof value !== "object" || value === null) return;
  yield value;
  for (const child of Object.values(value)) yield* nodes(child);
}

type Requests = Record<
  string,
  { requestBody?: { content: Record<string, { schema: Schema & { oneOf?: Schema[] } }> } }
>;

const bodyOf = (path: string, type: string) =>
  (document.paths[path] as Requests | undefined)?.["post"]?.requestBody?.content[type]?.schema;

const kindsOfUpload = (bodyOf("/api/v1/uploads", "application/json")?.oneOf ?? []).map((kind) => ({
  name: kind.properties?.["kind"]?.const ?? "",
  properties: kind.properties ?? {},
}));

test.each([
  ["package", "/api/v1/upload/package"],
  ["plugin", "/api/plugins/upload"],
  ["backup", "/api/backups/upload"],
])("the form of a %s shows what a signed upload of one takes, with its limits", (name, path) => {
  const fields = kindsOfUpload.find((kind) => kind.name === name)?.properties[name];
  const form = bodyOf(path, "multipart/form-data");
  expect(Object.keys(form?.properties ?? {})).toEqual(
    expect.arrayContaining([...Object.keys(fields?.properties ?? {}), "file"]),
  );
  expect(form?.required).toEqual(expect.arrayContaining([...(fields?.required ?? []), "file"]));
  for (const [field, { pattern, maxLength }] of Object.entries(fields?.properties ?? {}))
    expect(form?.properties?.[field]).toMatchObject({
      ...(pattern !== undefined && { pattern }),
      ...(maxLength !== undefined && { maxLength }),
    });
});

test("only files of tasks may be empty", () => {
  const mayBeEmpty = kindsOfUpload.filter(({ properties }) => properties["size"]?.minimum === 0);
  expect(mayBeEmpty.map(({ name }) => name)).toEqual(["input", "output"]);
});

test("every pattern is one that JSON Schema reads, not a literal with its flags", () => {
  const patterns = [...nodes(document)].flatMap(({ pattern }) =>
    typeof pattern === "string" ? [pattern] : [],
  );
  expect(patterns.length).toBeGreaterThan(0);
  expect(patterns.filter((pattern) => /\$\/[a-z]+$/.test(pattern))).toEqual([]);
  for (const pattern of patterns) expect(() => new RegExp(pattern, "u")).not.toThrow();
});

test("no schema has the name that generators make up for a property of another", () => {
  const { schemas } = document.components;
  const word = (name: string) => name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  function* madeUp(name: string, { properties = {}, items }: Schema): Generator<string> {
    if (items) yield* madeUp(`${name}Item`, items);
    for (const [key, property] of Object.entries(properties)) {
      if (property.properties ?? property.enum) yield name + word(key);
      yield* madeUp(name + word(key), property);
    }
  }
  const names = Object.keys(schemas);
  for (const [name, schema] of Object.entries(schemas)) names.push(...madeUp(name, schema));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("every operation declares what any may answer, and what one with a body may", () => {
  const lacks = (operation: Operation, ...statuses: string[]) =>
    statuses.some((status) => !operation.responses[status]);
  expect(namesWhere((operation) => lacks(operation, "500", "503"))).toEqual([]);
  expect(namesWhere((operation) => operation.requestBody !== undefined && lacks(operation, "413"))).toEqual(
    [],
  );
  expect(Object.keys(named("GET /api/gpu/servers/{server_id}")?.responses ?? {})).toContain("422");
});

test("limits of texts that lose the blanks around them are shown", () => {
  const { NewTask, NewGpuServer } = document.components.schemas;
  expect(NewTask?.properties?.["title"]).toMatchObject({ minLength: 1, maxLength: 200 });
  expect(NewGpuServer?.properties?.["name"]).toMatchObject({ minLength: 1, maxLength: 100 });
});

test("what needs a credential says which, and answers 401 without it", () => {
  expect(Object.keys(document.components.securitySchemes)).toEqual([
    "ApiKeyHeader",
    "ApiKeyQuery",
    "ApiKeyBearer",
    "UserToken",
    "OAuth2Password",
    "ConsoleCookie",
    "AgentToken",
    "UploadToken",
  ]);
  const optional = ({ security }: Operation) => security?.some((one) => Object.keys(one).length === 0);
  const signsIn = (operation: Operation) => Boolean(operation.summary?.startsWith("Sign in"));
  const mismatched = namesWhere((operation) => {
    const asks = Boolean(operation.security) && !(optional(operation) && !operation.responses["401"]);
    return asks !== Boolean(operation.responses["401"]) && !signsIn(operation);
  });
  expect(mismatched).toEqual([]);
  expect(named("GET /api/v1/uploads/{id}")?.security).toEqual([{ UploadToken: [] }, { ConsoleCookie: [] }]);
});

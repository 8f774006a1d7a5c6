import type { OpenAPIHono } from "@hono/zod-openapi";
import { errorDefinition, type ErrorCode } from "./core/errors.ts";
import { detailEnvelope, type Envelope } from "./core/http/envelopes.ts";
import type { AppEnv } from "./core/http/request.ts";
import { VERSION } from "./core/product.ts";
import { surfaceOf, surfaces } from "./surfaces.ts";

type ApiDocument = ReturnType<OpenAPIHono<AppEnv>["getOpenAPI31Document"]>;
type PathItem = NonNullable<ApiDocument["paths"]>[string];

type Operation = NonNullable<PathItem["get"]>;
type SchemaObject = Exclude<
  NonNullable<NonNullable<ApiDocument["components"]>["schemas"]>[string],
  { $ref: string }
>;

const methods = ["get", "put", "post", "delete", "head", "patch"] as const;

const description = `Software distribution from the edge: publishers put packages into a bucket through signed URLs, clients ask one small question and fetch the bytes from the bucket.

**Keys.** Send an API key as \`X-API-Key\` or as \`Authorization: Bearer\`; forms and old clients may send it as \`api_key\`. Checking, listing and downloading need none for public software; for private software they need one that may read it, which may also be \`key\` in the query. Accounts sign in for a token, which goes into \`Authorization: Bearer\`; an administrator's does where API keys do. The cookie of the web console signs in wherever such a token does; where it changes something, the request must come from the console's own pages, else it is refused with 403.

**Errors** are in each surface's own form, shown with its operations; for packages, uploads and API keys it is \`{detail, error_code, timestamp}\`. Texts are for people, in English or, by \`Accept-Language\`, in Chinese; codes are for programs. \`STORAGE_MISCONFIGURED\` is for the operator, who has to look at the bucket; 429 and 503 say in \`Retry-After\` when to come back.

**Every answer** carries \`X-Request-Id\`, which the server's log knows too. Times are UTC in ISO 8601, sizes are bytes.`;

/**
 * Describes the whole interface as OpenAPI 3.1. Paths and schemas are in alphabetical order, so that the document changes
 * only where the interface does. An operation's id is its route's own, or else comes from method and path.
 * @throws Error when two operations would have one id.
 */
export function describeApi(app: OpenAPIHono<AppEnv>): ApiDocument {
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Slipway",
      version: VERSION,
      description,
      license: { name: "MIT", url: "https://opensource.org/license/mit" },
    },
    servers: [{ url: "/", description: "This server" }],
    tags: surfaces.flatMap((surface) => surface.tags ?? []),
    security: [],
  });
  return {
    ...document,
    paths: sorted(withCommonErrors(withOperationIds(document.paths ?? {}))),
    webhooks: withoutSlashes(document.webhooks ?? {}),
    components: {
      schemas: sorted(document.components?.schemas ?? {}),
      securitySchemes: {
        ApiKeyHeader: { type: "apiKey", in: "header", name: "X-API-Key" },
        ApiKeyQuery: {
          type: "apiKey",
          in: "query",
          name: "key",
          description: "For reading private software, by clients that can send no headers",
        },
        ApiKeyBearer: { type: "http", scheme: "bearer", description: "An API key" },
        UserToken: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "The token that signing in answered",
        },
        OAuth2Password: {
          type: "oauth2",
          description: "Signs in here, with a user name or a mail address",
          flows: { password: { tokenUrl: "/api/v1/login/access-token", scopes: {} } },
        },
        ConsoleCookie: {
          type: "apiKey",
          in: "cookie",
          name: "__Host-slipway_session",
          description:
            "What signing in to the console sets; `slipway_session` where the server is asked by http",
        },
        AgentToken: {
          type: "http",
          scheme: "bearer",
          description: "The `agent_token` that registering a GPU server answered",
        },
        UploadToken: {
          type: "http",
          scheme: "bearer",
          description: "The `upload_token` that beginning the upload answered; it serves that upload alone",
        },
      },
    },
  };
}

/** The router makes paths of the names of webhooks. */
const withoutSlashes = <T>(webhooks: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(webhooks).map(([path, item]) => [path.replace(/^\//, ""), item]));

function withOperationIds(paths: Record<string, PathItem>): Record<string, PathItem> {
  const taken = new Map<string, string>();
  for (const [path, item] of Object.entries(paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (!operation) continue;
      const id = operation.operationId ?? operationId(method, path);
      const other = taken.get(id);
      if (other)
        throw new Error(`"${id}" names both ${other} and ${method} ${path}: give one an operationId`);
      taken.set(id, `${method} ${path}`);
      operation.operationId = id;
    }
  }
  return paths;
}

/**
 * Adds the answers that an operation may give because of what it is: any of this server's, or one that reads a body or
 * parameters.
 */
function withCommonErrors(paths: Record<string, PathItem>): Record<string, PathItem> {
  for (const [path, item] of Object.entries(paths)) {
    const { statuses, schema } = surfaceOf(path)?.envelope ?? detailEnvelope;
    const content = { "application/json": { schema: referenceTo(schema) } };
    for (const method of methods) {
      const operation = item[method];
      if (!operation) continue;
      const byStatus = Map.groupBy(commonErrorsOf(operation), (code) => statusOf(code, statuses));
      for (const [status, codes] of byStatus) {
        const description = codes.map((code) => `\`${code}\``).join(", ");
        (operation.responses ??= {})[status] ??= { description, content };
      }
    }
  }
  return paths;
}

function commonErrorsOf({ requestBody, parameters = [] }: Operation): ErrorCode[] {
  const codes: ErrorCode[] = ["INTERNAL_ERROR", "STORAGE_MISCONFIGURED", "SERVICE_UNAVAILABLE"];
  if (requestBody) codes.push("MALFORMED_BODY", "FILE_TOO_LARGE");
  if (parameters.some(canBeWrong)) codes.push("VALIDATION_ERROR");
  return codes;
}

/** Whether this parameter does not accept every text. */
function canBeWrong(parameter: NonNullable<Operation["parameters"]>[number]): boolean {
  if (!("schema" in parameter) || parameter.schema === undefined) return false;
  const { type, pattern, maxLength } = parameter.schema as SchemaObject;
  const isRequiredQuery = parameter.in !== "path" && parameter.required === true;
  return isRequiredQuery || type !== "string" || pattern !== undefined || maxLength !== undefined;
}

const statusOf = (code: ErrorCode, statuses: Envelope["statuses"]): number =>
  statuses[code] ?? errorDefinition(code).status;

const referenceTo = (schema: Envelope["schema"]) => ({ $ref: `#/components/schemas/${schema.meta()?.id}` });

/** `GET /api/v1/uploads/{id}` -> `getUpload`, `POST /api/v1/packages/{id}/yank` -> `postPackageYank`. */
function operationId(method: string, path: string): string {
  const words = path
    .replace(/^\/api(\/v\d+)?(?=\/)/, "")
    .replace(/ies(?=\/\{)/g, "y")
    .replace(/s(?=\/\{)/g, "")
    .replace(/\{\w+\}/g, "")
    .split(/[^a-zA-Z0-9]+/)
    .filter(Boolean);
  const capitalised = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return method + (capitalised.join("") || "Service");
}

function sorted<T>(entries: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

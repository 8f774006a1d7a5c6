import { OpenAPIHono, type RouteConfig, type z } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ZodType } from "zod";
import type { AppEnv } from "./request.ts";
import { detailEnvelope, type Envelope } from "./envelopes.ts";
import { AppError, errorDefinition, type ErrorCode } from "../errors.ts";
import { message } from "../locale/locale.ts";
import { StorageError } from "../../storage/storage.ts";
import { withJsonBody, type JsonReading } from "./json-body.middleware.ts";
import { validationFault } from "./validation.ts";

/** JSON bodies are small on every surface; files go to the bucket. */
export const MAX_JSON_BYTES = 256 * 1024;

/**
 * A surface's router: JSON bodies are read as its clients send them; validation faults and everything thrown are answered in
 * the surface's own form.
 */
export function createRouter(envelope: Envelope, reading: JsonReading = "declared") {
  const router = new OpenAPIHono<AppEnv>({
    strict: false,
    defaultHook: (result, c) => {
      if (result.success) return;
      const input = "data" in result ? result.data : undefined;
      throw validationFault(result.error, c.var.locale, input, result.target);
    },
  });
  router.onError((error, c) => answerError(c, error, envelope));
  const { openapi } = router;
  router.openapi = ((route: Route, ...handlers: [never]) => {
    const json = route.request?.body?.content["application/json"];
    const schema = json && "schema" in json ? json.schema : undefined;
    if (!(schema instanceof ZodType)) return openapi(route, ...handlers);
    const middleware = [route.middleware ?? [], withJsonBody(schema, reading)].flat();
    return openapi({ ...route, middleware }, ...handlers);
  }) as typeof openapi;
  return router;
}

type Route = RouteConfig & { middleware?: MiddlewareHandler | MiddlewareHandler[] };

export type Router = ReturnType<typeof createRouter>;

/** A required JSON body of one shape, for a route's `request`. */
export function jsonBody<T extends z.ZodType>(schema: T) {
  return { body: { required: true, content: { "application/json": { schema } } } } as const;
}

/** Answers whatever was thrown in a surface's form. What is not an AppError is logged, and answered without its cause. */
export function answerError(c: Context<AppEnv>, thrown: unknown, envelope: Envelope): Response {
  const error = asAppError(thrown);
  const status = (envelope.statuses[error.code] ??
    errorDefinition(error.code).status) as ContentfulStatusCode;
  const { deps, locale, requestId } = c.var;
  if (status >= 500 && !errorDefinition(error.code).isRefusal) {
    deps.log.error("request failed", { request_id: requestId, code: error.code, error: thrown });
  }
  if (error.retryAfter !== undefined) c.header("Retry-After", String(error.retryAfter));
  if (status === 401) c.header("WWW-Authenticate", "Bearer");
  const problem = {
    code: error.code,
    status,
    message: message(locale, envelope.messages?.[error.code] ?? error.code, error.params),
    at: new Date(deps.clock()).toISOString(),
    issues: error.issues,
  };
  return c.json(envelope.body(problem), status);
}

/** Refuses bodies above `maxSize` bytes before and while they are read. */
export function limitBody(maxSize: number) {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new AppError("FILE_TOO_LARGE", { limit: maxSize });
    },
  });
}

function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof StorageError && thrown.code === "unavailable") {
    return new AppError("SERVICE_UNAVAILABLE", {}, { retryAfter: 5, cause: thrown });
  }
  if (thrown instanceof StorageError && thrown.code === "misconfigured") {
    return new AppError("STORAGE_MISCONFIGURED", {}, { cause: thrown });
  }
  if (thrown instanceof HTTPException && thrown.status < 500) {
    return new AppError("MALFORMED_BODY", { reason: "body.notJson" });
  }
  return new AppError("INTERNAL_ERROR", {}, { cause: thrown });
}

/** The error answers of an endpoint in the form `{detail, error_code, timestamp}` for its OpenAPI description. */
export const errorResponses = describeErrors(detailEnvelope);

/** The same for a surface with a form of its own. */
export function describeErrors(envelope: Envelope) {
  return (...codes: ErrorCode[]) => {
    const content = { "application/json": { schema: envelope.schema } };
    const answers: Record<number, { description: string; content: typeof content }> = {};
    for (const code of codes) {
      const status = envelope.statuses[code] ?? errorDefinition(code).status;
      const before = answers[status] ? `${answers[status].description}, ` : "";
      answers[status] = { description: `${before}\`${code}\``, content };
    }
    return answers;
  };
}

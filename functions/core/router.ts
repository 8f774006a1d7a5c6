import { OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AppEnv } from "./context.ts";
import type { Envelope } from "./envelope.ts";
import { AppError, errorStatus, invalid, missing, type ErrorCode } from "./errors.ts";
import { message, type Locale } from "./locale.ts";
import { StorageError } from "./storage.ts";

/** JSON bodies are small on every surface; files go to the bucket. */
export const MAX_JSON_BYTES = 256 * 1024;

const problemTexts = { en: z.locales.en(), "zh-CN": z.locales.zhCN() };

/** A surface's router: validation faults and everything thrown are answered in the surface's own form. */
export function createRouter(envelope: Envelope) {
  const router = new OpenAPIHono<AppEnv>({
    strict: false,
    defaultHook: (result, c) => {
      if (!result.success)
        throw validationFault(result.error, c.var.locale, "data" in result ? result.data : undefined);
    },
  });
  router.onError((error, c) => answerError(c, error, envelope));
  return router;
}

export type Router = ReturnType<typeof createRouter>;

/** A required JSON body of one shape, for a route's `request`. */
export function jsonBody<T extends z.ZodType>(schema: T) {
  return { body: { required: true, content: { "application/json": { schema } } } } as const;
}

/** Puts anything thrown into a surface's form; what is not ours is logged and answered without its cause. */
export function answerError(c: Context<AppEnv>, thrown: unknown, envelope: Envelope): Response {
  const error = asAppError(thrown);
  const status = errorStatus[error.code] as ContentfulStatusCode;
  const { deps, locale, requestId } = c.var;
  if (status >= 500 && error.code !== "INSUFFICIENT_STORAGE") {
    deps.log.error("request failed", { request_id: requestId, code: error.code, error: thrown });
  }
  if (error.retryAfter !== undefined) c.header("Retry-After", String(error.retryAfter));
  if (status === 401) c.header("WWW-Authenticate", "Bearer");
  const problem = {
    code: error.code,
    message: message(locale, error.code, error.params),
    at: new Date(deps.clock()).toISOString(),
  };
  return c.json(envelope(problem), status);
}

/** Turns the first issue that zod found in `input` into a refusal that names the field. */
export function validationFault(
  error: { issues: readonly z.core.$ZodIssue[] },
  locale: Locale,
  input: unknown,
): AppError {
  const issue = error.issues[0];
  if (!issue) return invalid("body", "unreadable");
  const field = issue.path.join(".") || "body";
  if (valueAt(input, issue.path) === undefined) return missing(field);
  if (issue.code === "custom") return invalid(field, issue.message);
  const localized = problemTexts[locale].localeError(issue as Parameters<z.core.$ZodErrorMap>[0]);
  return invalid(field, typeof localized === "string" ? localized : (localized?.message ?? issue.message));
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    input,
  );
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
  if (thrown instanceof HTTPException && thrown.status < 500) {
    return new AppError("MALFORMED_BODY", { problem: "JSON" });
  }
  return new AppError("INTERNAL_ERROR", {}, { cause: thrown });
}

/** The error answers of an endpoint for its OpenAPI description. */
export function errorResponses(...codes: ErrorCode[]) {
  const byStatus: Record<
    number,
    { description: string; content: { "application/json": { schema: typeof errorSchema } } }
  > = {};
  for (const code of codes) {
    const status = errorStatus[code];
    const description = byStatus[status] ? `${byStatus[status].description}, \`${code}\`` : `\`${code}\``;
    byStatus[status] = { description, content: { "application/json": { schema: errorSchema } } };
  }
  return byStatus;
}

const errorSchema = z
  .object({
    detail: z.string().meta({ description: "In the language of Accept-Language" }),
    error_code: z.string().meta({ example: "INVALID_API_KEY" }),
    timestamp: z.iso.datetime(),
  })
  .meta({ id: "Error" });

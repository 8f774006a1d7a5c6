import { z } from "zod";
import type { ErrorCode, FieldIssue } from "../errors.ts";
import type { MessageKey } from "../locale/locale.ts";

/** A refusal, ready to be put into a surface's own form. `at` is ISO 8601. */
export type Problem = {
  code: ErrorCode;
  status: number;
  message: string;
  at: string;
  /** What was wrong with which field; empty for every error but invalid input. */
  issues: readonly FieldIssue[];
};

/** The form in which a surface answers errors, and the statuses that it answers in place of the table's. */
export type Envelope = {
  body: (problem: Problem) => Record<string, unknown>;
  statuses: Partial<Record<ErrorCode, number>>;
  /** Texts that the surface says in place of the table's. */
  messages?: Partial<Record<ErrorCode, MessageKey>>;
  /** The form as a schema, for the description. */
  schema: z.ZodType;
};

const text = z.string().meta({ description: "In the language of Accept-Language" });
const unprocessable = { VALIDATION_ERROR: 422, MISSING_PARAMETER: 422, MALFORMED_BODY: 422 };

/** Updates, packages and uploads: `{detail, error_code, timestamp}`. */
export const detailEnvelope: Envelope = {
  body: ({ code, message, at }) => ({ detail: message, error_code: code, timestamp: at }),
  statuses: {},
  schema: z
    .object({
      detail: text,
      error_code: z.string().meta({ example: "INVALID_API_KEY" }),
      timestamp: z.iso.datetime(),
    })
    .meta({ id: "Error" }),
};

/** Software keys: `{code, message}`, the code being the status. */
export const codeEnvelope: Envelope = {
  body: ({ status, message }) => ({ code: status, message }),
  statuses: { SOFTWARE_EXISTS: 400, VERSION_EXISTS: 400, VERSION_IN_USE: 400, VERSION_WITHDRAWN: 400 },
  schema: z
    .object({ code: z.int().meta({ description: "The HTTP status" }), message: text })
    .meta({ id: "SoftwareError" }),
};

/** Plugins and backups: `{success, message, data}`. */
export const resultEnvelope: Envelope = {
  body: ({ message }) => ({ success: false, message, data: null }),
  statuses: unprocessable,
  schema: z.object({ success: z.literal(false), message: text, data: z.null() }).meta({ id: "PluginError" }),
};

/** Clients of compute know only these codes: several of ours share one. */
function taskCode(code: ErrorCode): string {
  if (code === "MISSING_PARAMETER" || code === "MALFORMED_BODY") return "VALIDATION_ERROR";
  if (code === "INVALID_TOKEN") return "INVALID_CREDENTIALS";
  if (code === "SERVICE_UNAVAILABLE") return "SERVER_UNAVAILABLE";
  if (code === "ALREADY_EXPIRED") return "VALIDATION_ERROR";
  return code.endsWith("NOT_FOUND") ? "RESOURCE_NOT_FOUND" : code;
}

function fieldErrors(code: ErrorCode, message: string, issues: readonly FieldIssue[]) {
  if (issues.length > 0) return { field_errors: messagesByField(issues) };
  return code === "MALFORMED_BODY" ? { field_errors: { body: [message] } } : {};
}

/** Compute, money, administration: `{success, message, error_code, details}`, with `details.field_errors` for invalid input. */
export const taskEnvelope: Envelope = {
  body: ({ code, message, issues }) => ({
    success: false,
    message,
    error_code: taskCode(code),
    details: fieldErrors(code, message, issues),
  }),
  statuses: unprocessable,
  schema: z
    .object({
      success: z.literal(false),
      message: text,
      error_code: z.string(),
      details: z.object({ field_errors: z.record(z.string(), z.array(z.string())).optional() }),
    })
    .meta({ id: "ComputeError" }),
};

/** The accounts, which serve clients of two surfaces: the fields of both forms. */
export const accountEnvelope: Envelope = {
  body: (problem) => ({ ...taskEnvelope.body(problem), data: null }),
  statuses: unprocessable,
  schema: z
    .object({
      success: z.literal(false),
      message: text,
      data: z.null(),
      error_code: z.string().meta({ example: "INVALID_CREDENTIALS" }),
      details: z.object({ field_errors: z.record(z.string(), z.array(z.string())).optional() }),
    })
    .meta({ id: "AccountError" }),
};

const catalogueError = z.object({
  detail: z.union([
    z.string(),
    z.array(z.object({ loc: z.array(z.union([z.string(), z.int()])), msg: z.string(), type: z.string() })),
  ]),
});

/** Catalogue: `{detail}`, a text or, for invalid input, FastAPI's list of `{loc, msg, type}`. */
export const fastApiEnvelope: Envelope = {
  body: ({ message, issues }) => ({
    detail:
      issues.length > 0
        ? firstOfEachField(issues).map(({ where, path, message, fastApiMessage, type }) => ({
            loc: [where, ...path],
            msg: fastApiMessage ?? message,
            type,
          }))
        : message,
  }),
  statuses: { ...unprocessable, APPWARE_EXISTS: 400 },
  messages: { INVALID_TOKEN: "unauthorized", ACCESS_DENIED: "forbidden", INTERNAL_ERROR: "internal" },
  schema: catalogueError.meta({ id: "CatalogueError" }),
};

/** Signing in for the catalogue: the same, a wrong password as OAuth 2 answers it (RFC 6749, section 5.2). */
export const signInEnvelope: Envelope = {
  ...fastApiEnvelope,
  body: (problem) => ({
    ...fastApiEnvelope.body(problem),
    ...(problem.code === "INVALID_CREDENTIALS" && { error: "invalid_grant" }),
  }),
  statuses: { ...fastApiEnvelope.statuses, INVALID_CREDENTIALS: 400 },
  schema: catalogueError
    .extend({ error: z.literal("invalid_grant").optional().meta({ description: "Of a wrong password" }) })
    .meta({ id: "SignInError" }),
};

function firstOfEachField(issues: readonly FieldIssue[]): FieldIssue[] {
  const nameOf = ({ path }: FieldIssue) => path.join(".");
  return issues.filter((issue, index) => issues.findIndex((one) => nameOf(one) === nameOf(issue)) === index);
}

function messagesByField(issues: readonly FieldIssue[]): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const { path, message } of issues) (fields[path.join(".") || "body"] ??= []).push(message);
  return fields;
}

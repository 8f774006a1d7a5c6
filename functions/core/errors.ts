import type { Locale } from "./locale/locales.ts";

export type ErrorDefinition = Readonly<Record<Locale, string>> & {
  /** The HTTP status, unless a surface answers another one for this code. */
  readonly status: number;
  /** True for a code whose status looks like a failure of the server, although no operator has to act on it. */
  readonly isRefusal?: boolean;
};

/** Errors by code. `{name}` in a text stands for the parameter of that name. */
export type ErrorDefinitions = Readonly<Record<string, ErrorDefinition>>;

/** All error codes. Each room that defines codes adds them to this interface. */
// oxlint-disable-next-line typescript/no-empty-object-type -- filled by declaration merging
export interface ErrorTable {}

export type ErrorCode = keyof ErrorTable;
export type ErrorParams = Record<string, string | number>;

const definitions = new Map<string, ErrorDefinition>();

/** Makes errors known. @throws Error for a code that was defined before with another meaning. */
export function defineErrors(errors: ErrorDefinitions): void {
  for (const [code, definition] of Object.entries(errors)) {
    if ((definitions.get(code) ?? definition) !== definition) throw new Error(`${code} is defined twice`);
    definitions.set(code, definition);
  }
}

/** @throws Error for a code that nobody has defined. */
export function errorDefinition(code: ErrorCode): ErrorDefinition {
  const definition = definitions.get(code);
  if (!definition) throw new Error(`${code} is not defined`);
  return definition;
}

export const errorCodes = (): ErrorCode[] => Array.from(definitions.keys()) as ErrorCode[];

/** What is wrong with one field of a request. */
export type FieldIssue = {
  where: "query" | "body" | "path" | "header";
  path: readonly (string | number)[];
  message: string;
  /** The name that FastAPI's clients know the fault by. */
  type: string;
  /** What FastAPI says of it, where its clients may read that. */
  fastApiMessage?: string;
};

type ErrorOptions = { retryAfter?: number; cause?: unknown; issues?: readonly FieldIssue[] };

/** A refusal, named by its code. The code's definition says which text and status clients get. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  /** Seconds after which the request may succeed, for the Retry-After header. */
  readonly retryAfter: number | undefined;

  readonly issues: readonly FieldIssue[];

  constructor(code: ErrorCode, params: ErrorParams = {}, options: ErrorOptions = {}) {
    super(code, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.params = params;
    this.retryAfter = options.retryAfter;
    this.issues = options.issues ?? [];
  }
}

export function missing(field: string): AppError {
  return new AppError("MISSING_PARAMETER", { field });
}

export function unavailable(cause: unknown): AppError {
  return new AppError("SERVICE_UNAVAILABLE", {}, { retryAfter: 5, cause });
}

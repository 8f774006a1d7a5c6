/** The closed table of error codes and the status each is answered with. */
export const errorStatus = {
  VALIDATION_ERROR: 400,
  MISSING_PARAMETER: 400,
  MALFORMED_BODY: 400,
  INVALID_VERSION: 400,
  INVALID_FILE_NAME: 400,
  UNSUPPORTED_FILE_TYPE: 400,
  EMPTY_FILE: 400,
  WRONG_PASSWORD: 400,
  INVALID_PLUGIN: 400,
  INSUFFICIENT_BALANCE: 400,
  INVALID_RECHARGE_CODE: 400,
  INVALID_API_KEY: 401,
  INVALID_UPLOAD_TOKEN: 401,
  INVALID_CREDENTIALS: 401,
  INVALID_TOKEN: 401,
  INVALID_AGENT_TOKEN: 401,
  ACCESS_DENIED: 403,
  INSUFFICIENT_SCOPE: 403,
  WRONG_PLUGIN_KEY: 403,
  PLUGIN_DISABLED: 403,
  NOT_FOUND: 404,
  SOFTWARE_NOT_FOUND: 404,
  VERSION_NOT_FOUND: 404,
  VKEY_NOT_FOUND: 404,
  PACKAGE_NOT_FOUND: 404,
  UPLOAD_NOT_FOUND: 404,
  APPWARE_NOT_FOUND: 404,
  PLUGIN_NOT_FOUND: 404,
  PLUGIN_VERSION_NOT_FOUND: 404,
  BACKUP_NOT_FOUND: 404,
  TASK_NOT_FOUND: 404,
  TASK_OUTPUT_NOT_FOUND: 404,
  GPU_SERVER_NOT_FOUND: 404,
  USER_NOT_FOUND: 404,
  RECHARGE_CODE_NOT_FOUND: 404,
  LOG_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  PACKAGE_EXISTS: 409,
  SOFTWARE_EXISTS: 409,
  VERSION_EXISTS: 409,
  VERSION_IN_USE: 409,
  USERNAME_EXISTS: 409,
  EMAIL_EXISTS: 409,
  APPWARE_EXISTS: 409,
  PLUGIN_EXISTS: 409,
  PLUGIN_VERSION_EXISTS: 409,
  RESOLUTION_CONFLICT: 409,
  BACKUP_LIMIT_EXCEEDED: 409,
  GPU_SERVER_EXISTS: 409,
  TASK_STATE_CONFLICT: 409,
  TASK_OUTPUT_EXISTS: 409,
  STALE_ATTEMPT: 409,
  RECHARGE_CODE_USED: 409,
  LAST_ADMINISTRATOR: 409,
  IDEMPOTENCY_CONFLICT: 409,
  UPLOAD_INCOMPLETE: 409,
  UPLOAD_STATE_CONFLICT: 409,
  UPLOAD_EXPIRED: 410,
  FILE_TOO_LARGE: 413,
  CHECKSUM_MISMATCH: 422,
  SIZE_MISMATCH: 422,
  RESOLUTION_TOO_COMPLEX: 422,
  RATE_LIMIT_EXCEEDED: 429,
  TOO_MANY_ATTEMPTS: 429,
  TASK_LIMIT_EXCEEDED: 429,
  INTERNAL_ERROR: 500,
  /** No such bucket, or the server's key is refused: nothing that a client can wait for. */
  STORAGE_MISCONFIGURED: 500,
  SERVICE_UNAVAILABLE: 503,
  SERVER_UNAVAILABLE: 503,
  INSUFFICIENT_STORAGE: 507,
  BACKUP_QUOTA_EXCEEDED: 507,
  INPUT_QUOTA_EXCEEDED: 507,
} as const;

export type ErrorCode = keyof typeof errorStatus;
export type ErrorParams = Record<string, string | number>;

/** What is wrong with one field of a request. `type` is the name that FastAPI's clients know the fault by. */
export type FieldIssue = {
  where: "query" | "body" | "path" | "header";
  path: readonly (string | number)[];
  message: string;
  type: string;
};

type ErrorOptions = { retryAfter?: number; cause?: unknown; issues?: readonly FieldIssue[] };

/** A refusal in terms of the code table. The message for clients comes from the catalogue in locale.ts. */
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

export function invalid(field: string, problem: string): AppError {
  return new AppError("VALIDATION_ERROR", { field, problem });
}

export function missing(field: string): AppError {
  return new AppError("MISSING_PARAMETER", { field });
}

export function unavailable(cause: unknown): AppError {
  return new AppError("SERVICE_UNAVAILABLE", {}, { retryAfter: 5, cause });
}

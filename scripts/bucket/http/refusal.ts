/** An S3 error answer. `details` become elements beside Code and Message, `headers` are sent with it. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Record<string, string>;
  readonly headers: Record<string, string>;
  constructor(
    status: number,
    code: string,
    message: string,
    { details = {}, headers = {} }: Partial<Pick<Refusal, "details" | "headers">> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.headers = headers;
  }
}

/** The refusals that more than one operation knows. */
export const refusals = {
  noSuchKey: () => new Refusal(404, "NoSuchKey", "The specified key does not exist."),
  noSuchUpload: () =>
    new Refusal(
      404,
      "NoSuchUpload",
      "The specified upload does not exist. It may have been completed or aborted.",
    ),
  preconditionFailed: () =>
    new Refusal(412, "PreconditionFailed", "At least one of the preconditions you specified did not hold."),
  notImplemented: (what: string) => new Refusal(501, "NotImplemented", `${what} is not implemented.`),
  invalidArgument: (message: string) => new Refusal(400, "InvalidArgument", message),
  invalidRequest: (message: string) => new Refusal(400, "InvalidRequest", message),
  malformedXml: () => new Refusal(400, "MalformedXML", "The XML you provided was not well-formed."),
  tooLarge: () =>
    new Refusal(400, "EntityTooLarge", "The body is larger than one request may be: send it in parts."),
  incomplete: () => new Refusal(400, "IncompleteBody", "The body does not have the declared length."),
  accessDenied: (message: string) => new Refusal(403, "AccessDenied", message),
  internalError: (status = 500) =>
    new Refusal(status, "InternalError", "We encountered an internal error. Please try again."),
  slowDown: () => new Refusal(503, "SlowDown", "Please reduce your request rate."),
};

const FULL_DISK = new Set(["ENOSPC", "EDQUOT"]);
/** SQLite's own code for a full disk. */
const SQLITE_FULL = 13;

/** What a client is told of any error: everything of its own faults, but only the class of this machine's. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const { code, errcode } = error as { code?: string; errcode?: number };
  if (FULL_DISK.has(code ?? "") || errcode === SQLITE_FULL) {
    return new Refusal(507, "InsufficientStorage", "The disk of this server is full.");
  }
  return refusals.internalError();
}

/** What the exit codes mean; `slipway --help` prints this table. */
export const EXIT = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  authentication: 3,
  notFound: 4,
  conflict: 5,
  verification: 6,
  unavailable: 7,
  refused: 8,
  updateAvailable: 10,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A failure that the user is told in one line. `hint` says what to do about it. */
export class ClientError extends Error {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly hint: string | undefined;
  /** What the server's answer contains beside its message. */
  readonly data: unknown;

  constructor(
    exitCode: ExitCode,
    code: string,
    message: string,
    options: { hint?: string | undefined; data?: unknown; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "ClientError";
    this.exitCode = exitCode;
    this.code = code;
    this.hint = options.hint;
    this.data = options.data;
  }
}

const MISMATCHES = new Set(["CHECKSUM_MISMATCH", "CHECKSUM_CONFLICT", "SIZE_MISMATCH"]);
/** Error codes that stand for a limit, although their status is that of a conflict. */
const LIMITS = new Set(["BACKUP_LIMIT_EXCEEDED"]);

/** The exit code for an error answer of the server: its HTTP status and its `error_code`. */
export function exitCodeOf(status: number, code: string): ExitCode {
  if (MISMATCHES.has(code)) return EXIT.verification;
  if (LIMITS.has(code)) return EXIT.refused;
  if (status === 401 || status === 403) return EXIT.authentication;
  if (status === 404 || status === 410) return EXIT.notFound;
  if (status === 409) return EXIT.conflict;
  if (status === 507 || (status >= 400 && status < 500)) return EXIT.refused;
  return EXIT.unavailable;
}

/** The `code` of a Node.js system error, if the value is one. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

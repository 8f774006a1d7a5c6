import { ClientError, EXIT, errorCode, exitCodeOf, type ExitCode } from "../client/errors.ts";

export function usage(message: string, hint?: string): ClientError {
  return new ClientError(EXIT.usage, "USAGE", message, { hint });
}

/** Parts of the codes that reject uploads, with the status by which the server would answer such a code. */
const REJECTIONS: readonly [pattern: RegExp, status: number][] = [
  [/_(EXISTS|IN_USE|CONFLICT)$/, 409],
  [/^(WRONG_|INSUFFICIENT_SCOPE$|ACCESS_DENIED$)/, 403],
  [/_NOT_FOUND$/, 404],
  [/^(INVALID_|UNSUPPORTED_|EMPTY_|VALIDATION_)|_(EXCEEDED|STORAGE|TOO_LARGE)$/, 400],
];

/** The exit code for an upload that ended because of this code. */
export function exitCodeOfRejection(code: string): ExitCode {
  const status = REJECTIONS.find(([pattern]) => pattern.test(code))?.[1];
  return status === undefined ? EXIT.verification : exitCodeOf(status, code);
}

/** Any thrown value as a ClientError; system errors on files keep their path and reason. */
export function toClientError(error: unknown): ClientError {
  if (error instanceof ClientError) return error;
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code === "ENOENT") return new ClientError(EXIT.usage, code, message.replace(/^ENOENT: /, ""));
  return new ClientError(EXIT.unexpected, code ?? "UNEXPECTED", message, { cause: error });
}

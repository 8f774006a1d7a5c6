import { StorageError, type StorageErrorCode } from "./storage.ts";
import { TransportError } from "./transport.ts";

/** What is known of a failed request, without addresses, keys and signatures. It becomes the `cause` in the log. */
type Failure = {
  operation: string;
  status: number | undefined;
  code: string;
  requestId: string | undefined;
  retryable: boolean;
};

/** Four tries in all. With the pauses below, the last one starts within about 3.5 s of the first failure. */
const ATTEMPTS = 4;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 2_000;
/** No try starts later than this, because a request with its waitUntil must take less than 30 s. */
const BUDGET_MS = 15_000;

const RETRYABLE_CODES = new Set([
  "InternalError",
  "NetworkError",
  "OperationAborted",
  "RequestTimeTooSkewed",
  "RequestTimeout",
  "ServiceUnavailable",
  "SlowDown",
  "Throttling",
  "Timeout",
  "TooManyRequests",
]);
const MISSING_BUCKET_CODES = new Set(["NoSuchBucket", "InvalidBucketName"]);
/** What stores call a wrong region. */
const MISPLACED_CODES = new Set(["PermanentRedirect", "AuthorizationHeaderMalformed"]);
const RETRYABLE_STATUS = new Set([429, 500, 502, 503, 504]);

/**
 * Sends a request to the bucket, and repeats it with growing random pauses while it fails for a reason that may pass.
 * @throws StorageError in place of whatever the SDK threw.
 */
export async function withRetries<T>(operation: string, attempt: () => Promise<T>): Promise<T> {
  const start = Date.now();
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof StorageError) throw error;
      const failure = describeFailure(operation, error);
      const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (tries - 1));
      const delay = ceiling * (0.5 + Math.random() / 2);
      const spent = tries >= ATTEMPTS || Date.now() - start + delay > BUDGET_MS;
      if (!failure.retryable || spent) throw storageError(failure, tries);
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}

/** Reads the SDK's errors, including those for answers that it could not read at all. */
export function describeFailure(operation: string, error: unknown): Failure {
  if (error instanceof TransportError) {
    return { operation, status: undefined, code: error.name, requestId: undefined, retryable: true };
  }
  const { name, $metadata, $response } = (error ?? {}) as {
    name?: string;
    $metadata?: { httpStatusCode?: number; requestId?: string; clockSkewCorrected?: boolean };
    $response?: { statusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  const code = name !== undefined && /^[A-Za-z0-9]{1,64}$/.test(name) ? name : "Unknown";
  const unreadable = status !== undefined && status < 300;
  return {
    operation,
    status,
    code,
    requestId: $metadata?.requestId,
    // The next try is dated by the store's own clock.
    retryable:
      $metadata?.clockSkewCorrected === true ||
      RETRYABLE_CODES.has(code) ||
      unreadable ||
      (status !== undefined && RETRYABLE_STATUS.has(status)),
  };
}

/** Whether the store said that it does not know how to do what was asked. */
export function isNotImplemented(error: unknown): boolean {
  return error instanceof StorageError && (error.cause as Failure | undefined)?.status === 501;
}

/** A failure in words for the log; no client sees them. */
export function storageError(failure: Failure, tries: number): StorageError {
  const { operation, status, code } = failure;
  const said = status === undefined || code.startsWith(String(status)) ? code : `${code}, ${status}`;
  const what = `The bucket did not ${operation} (${said}).`;
  const kind = codeOf(failure);
  const message = kind === "misconfigured" ? `${what} ${adviceFor(failure)}` : what;
  return new StorageError(kind, message, { cause: { ...failure, tries } });
}

/** Whether the store said that the bucket does not exist. */
export const isMissingBucket = ({ code }: Pick<Failure, "code">): boolean => MISSING_BUCKET_CODES.has(code);

function adviceFor(failure: Failure): string {
  if (isMissingBucket(failure)) {
    return "Create the bucket that S3_BUCKET names, or correct S3_BUCKET and S3_ENDPOINT.";
  }
  return "Correct S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY and S3_REGION, and let the key read, write, delete and list.";
}

/** What a failure means in our own terms. */
export function codeOf(failure: Failure): StorageErrorCode {
  const { status, code, retryable } = failure;
  if (isMissingBucket(failure) || MISPLACED_CODES.has(code)) return "misconfigured";
  if (retryable || status === undefined) return "unavailable";
  if (status === 404) return "not-found";
  if (status === 412 || status === 304 || code === "ConditionalRequestConflict") return "precondition-failed";
  if (status === 401 || status === 403) return "misconfigured";
  return status >= 400 && (status < 500 || status === 501) ? "invalid" : "unavailable";
}

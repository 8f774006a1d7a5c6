import type { ErrorCode } from "./errors.ts";

/** A refusal, ready to be put into a surface's own form. `at` is ISO 8601. */
export type Problem = { code: ErrorCode; message: string; at: string };
export type Envelope = (problem: Problem) => Record<string, unknown>;

/** Contract 1: `{detail, error_code, timestamp}`. */
export const detailEnvelope: Envelope = ({ code, message, at }) => ({
  detail: message,
  error_code: code,
  timestamp: at,
});

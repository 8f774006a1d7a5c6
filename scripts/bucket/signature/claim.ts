import { header, type Call } from "../http/call.ts";
import { Refusal, refusals } from "../http/refusal.ts";
import { ALGORITHM } from "./credentials.ts";

/** What a request says of its own signature. */
export type Claim = {
  credential: string;
  /** As AWS writes it: 20260131T235959Z. */
  date: string;
  signedHeaders: string[];
  signature: string;
  /** What stands for the body in the signed text. */
  payload: string;
};

/** How far S3 lets its clock and the signer's differ. */
const SKEW_MS = 15 * 60 * 1000;
const LONGEST_EXPIRY_SECONDS = 604_800;
const UNSIGNED = "UNSIGNED-PAYLOAD";

/** The signature that a request brings, in the query or in the Authorization header. Refuses one whose time is not right. */
export function readClaim(call: Call, now: number): Claim {
  const authorization = header(call, "authorization");
  if (!call.query.has("X-Amz-Signature")) return headerClaim(call, authorization, now);
  // Another scheme belongs to another server: clients keep the header when they are redirected here.
  if (authorization?.startsWith(ALGORITHM)) {
    throw refusals.invalidArgument("Sign in the header or in the query, not in both.");
  }
  return queryClaim(call, now);
}

function queryClaim(call: Call, now: number): Claim {
  const { query } = call;
  const malformed = (what: string) => new Refusal(400, "AuthorizationQueryParametersError", what);
  if (query.get("X-Amz-Algorithm") !== ALGORITHM) throw malformed("X-Amz-Algorithm is not supported.");
  const date = query.get("X-Amz-Date") ?? "";
  const signedAt = parseDate(date);
  const expires = query.get("X-Amz-Expires") ?? "";
  if (!/^[1-9]\d{0,5}$/.test(expires) || Number(expires) > LONGEST_EXPIRY_SECONDS) {
    throw malformed("X-Amz-Expires must be from 1 to 604800.");
  }
  if (signedAt > now + SKEW_MS) throw refusals.accessDenied("Request is not yet valid.");
  if (now > signedAt + Number(expires) * 1000) throw refusals.accessDenied("Request has expired.");
  const signedHeaders = (query.get("X-Amz-SignedHeaders") ?? "").split(";");
  const hashed = signedHeaders.includes("x-amz-content-sha256");
  return {
    credential: query.get("X-Amz-Credential") ?? "",
    date,
    signedHeaders,
    signature: query.get("X-Amz-Signature") ?? "",
    payload: (hashed ? header(call, "x-amz-content-sha256") : undefined) ?? UNSIGNED,
  };
}

function headerClaim(call: Call, authorization: string | undefined, now: number): Claim {
  if (authorization === undefined) throw refusals.accessDenied("Anonymous access is forbidden.");
  if (!authorization.startsWith(`${ALGORITHM} `)) {
    throw new Refusal(400, "AuthorizationHeaderMalformed", "The algorithm is not supported.");
  }
  const field = (name: string) => new RegExp(`[ ,]${name}=([^,\\s]+)`).exec(authorization)?.[1] ?? "";
  const date = header(call, "x-amz-date") ?? "";
  if (Math.abs(parseDate(date) - now) > SKEW_MS) {
    throw new Refusal(
      403,
      "RequestTimeTooSkewed",
      "The clocks of client and server differ too much: set them by NTP.",
      {
        details: { RequestTime: date, ServerTime: new Date(now).toISOString() },
      },
    );
  }
  const payload = header(call, "x-amz-content-sha256");
  if (payload === undefined) throw refusals.invalidRequest("x-amz-content-sha256 is missing.");
  return {
    credential: field("Credential"),
    date,
    signedHeaders: field("SignedHeaders").split(";"),
    signature: field("Signature"),
    payload,
  };
}

function parseDate(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const [, year, month, day, hour, minute, second] = parts ?? [];
  const date = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(date)) throw refusals.accessDenied("The date is missing or malformed.");
  return date;
}

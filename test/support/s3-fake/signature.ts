import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { header, Refusal, type Call } from "./wire.ts";

type Credentials = { accessKeyId: string; secretAccessKey: string; region: string };

const ALGORITHM = "AWS4-HMAC-SHA256";
/** What S3 tolerates between its clock and the signer's. */
const SKEW_MS = 15 * 60 * 1000;
const LONGEST_EXPIRY_SECONDS = 604_800;

type Claim = {
  credential: string;
  date: string;
  signedHeaders: string[];
  signature: string;
  payloadHash: string;
};

/**
 * Checks a request's AWS signature, in the Authorization header or in the query.
 * Method: the AWS General Reference, "Signature Version 4 signing process".
 */
export function verifySignature(call: Call, credentials: Credentials, now: number): void {
  const inQuery = call.query.has("X-Amz-Signature");
  const claim = inQuery ? queryClaim(call, now) : headerClaim(call, now);
  const [accessKeyId, day, region, service, end] = claim.credential.split("/");
  if (accessKeyId !== credentials.accessKeyId) {
    throw new Refusal(403, "InvalidAccessKeyId", "The access key does not exist.", {
      AWSAccessKeyId: accessKeyId ?? "",
    });
  }
  if (
    day !== claim.date.slice(0, 8) ||
    region !== credentials.region ||
    service !== "s3" ||
    end !== "aws4_request"
  ) {
    throw new Refusal(400, "AuthorizationHeaderMalformed", "The credential's scope is wrong.");
  }
  requireSigned(call, claim.signedHeaders);
  const canonical = canonicalRequest(call, claim);
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = [ALGORITHM, claim.date, scope, sha256(canonical)].join("\n");
  const keys = [day, region, "s3", "aws4_request"];
  const key = keys.reduce<string | Buffer>(
    (last, part) => hmac(last, part),
    `AWS4${credentials.secretAccessKey}`,
  );
  if (!same(hmac(key, text).toString("hex"), claim.signature)) {
    throw new Refusal(403, "SignatureDoesNotMatch", "The signature we calculated does not match.", {
      AWSAccessKeyId: credentials.accessKeyId,
      StringToSign: text,
      SignatureProvided: claim.signature,
      CanonicalRequest: canonical,
    });
  }
}

function queryClaim({ query }: Call, now: number): Claim {
  const malformed = (what: string) => new Refusal(400, "AuthorizationQueryParametersError", what);
  if (query.get("X-Amz-Algorithm") !== ALGORITHM) throw malformed("X-Amz-Algorithm is not supported.");
  const date = query.get("X-Amz-Date") ?? "";
  const signedAt = parseDate(date);
  const expires = Number(query.get("X-Amz-Expires"));
  if (!Number.isInteger(expires) || expires < 1 || expires > LONGEST_EXPIRY_SECONDS) {
    throw malformed("X-Amz-Expires must be from 1 to 604800.");
  }
  if (signedAt > now + SKEW_MS) throw new Refusal(403, "AccessDenied", "Request is not yet valid.");
  if (now > signedAt + expires * 1000) throw new Refusal(403, "AccessDenied", "Request has expired.");
  return {
    credential: query.get("X-Amz-Credential") ?? "",
    date,
    signedHeaders: (query.get("X-Amz-SignedHeaders") ?? "").split(";"),
    signature: query.get("X-Amz-Signature") ?? "",
    payloadHash: "UNSIGNED-PAYLOAD",
  };
}

function headerClaim(call: Call, now: number): Claim {
  const authorization = header(call, "authorization");
  if (authorization === undefined) throw new Refusal(403, "AccessDenied", "Anonymous access is forbidden.");
  const field = (name: string) => new RegExp(`${name}=([^,\\s]+)`).exec(authorization)?.[1] ?? "";
  if (!authorization.startsWith(`${ALGORITHM} `)) {
    throw new Refusal(400, "AuthorizationHeaderMalformed", "The algorithm is not supported.");
  }
  const date = header(call, "x-amz-date") ?? "";
  if (Math.abs(parseDate(date) - now) > SKEW_MS) {
    throw new Refusal(403, "RequestTimeTooSkewed", "The clocks differ too much.", {
      RequestTime: date,
      ServerTime: new Date(now).toISOString(),
    });
  }
  return {
    credential: field("Credential"),
    date,
    signedHeaders: field("SignedHeaders").split(";"),
    signature: field("Signature"),
    payloadHash: header(call, "x-amz-content-sha256") ?? "",
  };
}

/** The host and every x-amz header must be signed, and every signed header be there. */
function requireSigned(call: Call, signed: string[]): void {
  const must = ["host", ...Object.keys(call.headers).filter((name) => name.startsWith("x-amz-"))];
  const unsigned = must.filter((name) => !signed.includes(name));
  if (unsigned.length > 0) {
    throw new Refusal(
      403,
      "AccessDenied",
      "There were headers present in the request which were not signed.",
      {
        HeadersNotSigned: unsigned.join(", "),
      },
    );
  }
  const missing = signed.filter((name) => header(call, name) === undefined);
  if (missing.length > 0) {
    throw new Refusal(403, "SignatureDoesNotMatch", `Signed headers are missing: ${missing.join(", ")}`);
  }
}

function canonicalRequest(call: Call, { signedHeaders, payloadHash }: Claim): string {
  const path = call.rawPath
    .split("/")
    .map((segment) => encode(decodeURIComponent(segment)))
    .join("/");
  const query = [...call.query]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map((pair) => pair.join("="))
    .join("&");
  const headers = signedHeaders.map((name) => {
    const value = (header(call, name) ?? "").trim().replace(/\s+/g, " ");
    return `${name}:${value}\n`;
  });
  return [call.method, path, query, headers.join(""), signedHeaders.join(";"), payloadHash].join("\n");
}

/** `20260131T235959Z` in milliseconds. */
function parseDate(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null) throw new Refusal(403, "AccessDenied", "The date is missing or malformed.");
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

import { header, type Call } from "../http/call.ts";
import { Refusal, refusals } from "../http/refusal.ts";

/** Headers that change nothing where the signature does not cover them: the hash is checked, whoever sent it. */
const HARMLESS_UNSIGNED = new Set(["x-amz-content-sha256", "x-amz-date", "x-amz-user-agent"]);

/** The x-amz-* headers that are obeyed, or that change nothing here. */
const KNOWN = new Set([
  ...HARMLESS_UNSIGNED,
  "x-amz-acl",
  "x-amz-checksum-algorithm",
  "x-amz-checksum-crc32",
  "x-amz-checksum-crc32c",
  "x-amz-checksum-crc64nvme",
  "x-amz-checksum-mode",
  "x-amz-checksum-sha1",
  "x-amz-checksum-sha256",
  "x-amz-checksum-type",
  "x-amz-copy-source",
  "x-amz-copy-source-if-match",
  "x-amz-copy-source-if-modified-since",
  "x-amz-copy-source-if-none-match",
  "x-amz-copy-source-if-unmodified-since",
  "x-amz-copy-source-range",
  "x-amz-decoded-content-length",
  "x-amz-metadata-directive",
  "x-amz-mp-object-size",
  "x-amz-optional-object-attributes",
  "x-amz-sdk-checksum-algorithm",
  "x-amz-storage-class",
  "x-amz-trailer",
]);

/** Headers that may only have the one value which says what is done anyway. */
const FIXED: Record<string, string> = { "x-amz-acl": "private", "x-amz-storage-class": "STANDARD" };

/**
 * Refuses a signature that leaves out the host or an x-amz-* header that would be obeyed, and a signature that names a
 * header which did not come. Otherwise, whoever holds a signed URL could add `x-amz-copy-source` and read another object.
 */
export function requireSigned(call: Call, signed: string[]): void {
  const present = Object.keys(call.headers).filter((name) => name.startsWith("x-amz-"));
  const must = ["host", ...present.filter((name) => !HARMLESS_UNSIGNED.has(name))];
  const unsigned = must.filter((name) => !signed.includes(name));
  if (unsigned.length > 0) {
    throw new Refusal(
      403,
      "AccessDenied",
      "There were headers present in the request which were not signed.",
      {
        details: { HeadersNotSigned: unsigned.join(", ") },
      },
    );
  }
  const missing = signed.filter((name) => header(call, name) === undefined);
  if (missing.length > 0) {
    throw new Refusal(403, "SignatureDoesNotMatch", `Signed headers are missing: ${missing.join(", ")}`);
  }
}

/** Refuses what an x-amz-* header, or its place in the query, asks for and this bucket does not do. */
export function refuseUnknown(call: Call): void {
  const queried = call.pairs.map(([name]) => name.toLowerCase());
  // Some SDKs move this header into the query of signed URLs, where it is not obeyed: what was meant as a copy would store
  // an empty body.
  if (queried.some((name) => name.startsWith("x-amz-copy-source"))) {
    throw refusals.notImplemented("x-amz-copy-source in the query");
  }
  for (const name of [...Object.keys(call.headers), ...queried]) {
    if (!name.startsWith("x-amz-") || name.startsWith("x-amz-meta-")) continue;
    const value = header(call, name) ?? call.query.get(name);
    const fixed = FIXED[name];
    if (fixed !== undefined && value !== fixed) throw refusals.notImplemented(`${name} other than ${fixed}`);
    if (!KNOWN.has(name) && !OF_SIGNATURES.has(name)) throw refusals.notImplemented(name);
  }
}

const OF_SIGNATURES = new Set([
  "x-amz-algorithm",
  "x-amz-credential",
  "x-amz-date",
  "x-amz-expires",
  "x-amz-signature",
  "x-amz-signedheaders",
]);

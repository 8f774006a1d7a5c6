import { createHash, timingSafeEqual } from "node:crypto";
import { header, type Call } from "../http/call.ts";
import { Refusal } from "../http/refusal.ts";
import { refuseUnknown, requireSigned } from "./amz-headers.ts";
import { canonicalRequest } from "./canonical.ts";
import { readClaim } from "./claim.ts";
import { ALGORITHM, hmac, signingKey, type Credentials } from "./credentials.ts";

/** A valid signature, with what the signatures of a stream's chunks build on. */
export type Verified = { payload: string; key: Buffer; date: string; scope: string; signature: string };

export type Verifier = (call: Call, now: number) => Verified;

/**
 * Checks AWS signatures. A signature is valid for the host that the request came to, and for each of `signedHosts`. Method:
 * the AWS General Reference, "Signature Version 4 signing process".
 */
export function createVerifier(credentials: Credentials, signedHosts: string[]): Verifier {
  let lastKey: { day: string; key: Buffer } | undefined;
  const keyOf = (day: string) => {
    if (lastKey?.day !== day) lastKey = { day, key: signingKey(credentials, day) };
    return lastKey.key;
  };

  return (call, now) => {
    const claim = readClaim(call, now);
    const [accessKeyId = "", day = "", region, service, end] = claim.credential.split("/");
    if (accessKeyId !== credentials.accessKeyId) {
      throw new Refusal(403, "InvalidAccessKeyId", "The access key ID does not exist.", {
        details: { AWSAccessKeyId: accessKeyId },
      });
    }
    const inScope =
      day === claim.date.slice(0, 8) &&
      region === credentials.region &&
      service === "s3" &&
      end === "aws4_request";
    if (!inScope) {
      throw new Refusal(
        400,
        "AuthorizationHeaderMalformed",
        "The credential's date, region or service is wrong.",
        {
          details: { Region: credentials.region },
        },
      );
    }
    requireSigned(call, claim.signedHeaders);
    const scope = `${day}/${region}/s3/aws4_request`;
    const key = keyOf(day);
    const signatureFor = (host: string) => {
      const canonical = canonicalRequest(call, claim, host);
      const text = [ALGORITHM, claim.date, scope, sha256(canonical)].join("\n");
      return { canonical, text, signature: hmac(key, text).toString("hex") };
    };
    const hosts = [header(call, "host") ?? "", ...signedHosts];
    const expected = hosts.map(signatureFor);
    if (!expected.some(({ signature }) => same(signature, claim.signature))) {
      throw new Refusal(
        403,
        "SignatureDoesNotMatch",
        "The signature does not match: check the secret key and what was signed.",
        {
          details: {
            AWSAccessKeyId: accessKeyId,
            StringToSign: expected[0]?.text ?? "",
            SignatureProvided: claim.signature,
            CanonicalRequest: expected[0]?.canonical ?? "",
          },
        },
      );
    }
    refuseUnknown(call);
    return { payload: claim.payload, key, date: claim.date, scope, signature: claim.signature };
  };
}

const sha256 = (text: string) => createHash("sha256").update(text, "latin1").digest("hex");

export function same(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
